//! How connections are made and kept.

use std::time::Duration;

use super::proxy::Proxy;
use super::resolve::Names;

/// How long setting up a connection may take, unless set otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an attempt may take, from connecting to the last byte of the response,
/// unless set otherwise.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
/// Idle connections are kept no longer, so that the clock can count it.
const LONGEST_IDLE: Duration = Duration::from_secs(365 * 24 * 3600);

/// How connections are made and kept.
#[derive(Debug, Clone)]
pub struct ConnectionSettings {
    /// From the look-up of the name to the end of the TLS handshake.
    pub connect_timeout: Duration,
    /// How many connections to a host are kept for reuse.
    pub pool_max_idle_per_host: Option<usize>,
    /// How long a connection is kept for reuse.
    pub pool_idle_timeout: Duration,
    /// Whether HTTP/2 is offered.
    pub http2: bool,
    /// Made when the client is built.
    pub proxy: Option<Proxy>,
    /// Where hosts are reached.
    pub names: Names,
    /// PEM, each with one or more certificates.
    pub ca_certificates: Vec<Vec<u8>>,
}

impl Default for ConnectionSettings {
    fn default() -> Self {
        Self {
            connect_timeout: CONNECT_TIMEOUT,
            pool_max_idle_per_host: None,
            // Servers close idle connections after a minute or so, and a request
            // on a closed one fails as if it might have arrived.
            pool_idle_timeout: Duration::from_secs(10),
            http2: false,
            proxy: None,
            names: Names::default(),
            ca_certificates: Vec::new(),
        }
    }
}

impl ConnectionSettings {
    /// How many idle connections to one server are kept.
    pub(super) fn max_idle(&self) -> usize {
        if self.pool_idle_timeout.is_zero() {
            0
        } else {
            self.pool_max_idle_per_host.unwrap_or(usize::MAX)
        }
    }

    /// How long an idle connection is kept.
    pub(super) fn idle_timeout(&self) -> Duration {
        self.pool_idle_timeout.min(LONGEST_IDLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_to_idle_keeps_nothing() {
        let settings = |pool_idle_timeout, pool_max_idle_per_host| ConnectionSettings {
            pool_idle_timeout,
            pool_max_idle_per_host,
            ..ConnectionSettings::default()
        };
        assert_eq!(settings(Duration::ZERO, Some(4)).max_idle(), 0);
        assert_eq!(settings(Duration::from_secs(1), Some(4)).max_idle(), 4);
        assert_eq!(
            settings(Duration::from_secs(1), None).max_idle(),
            usize::MAX
        );
        assert_eq!(settings(Duration::MAX, None).idle_timeout(), LONGEST_IDLE);
    }
}
