//! The settings that every builder of a client has, whoever its vendor.

/// Writes them for a builder whose field `settings` is a
/// [`Settings`](crate::client::Settings): once, for the builders of all vendors.
#[doc(hidden)]
#[macro_export]
macro_rules! client_setters {
    () => {
        /// One address for all services instead of the region's: `https://` with a host, or
        /// `http://` to this machine. Of this and [`endpoint_template`](Self::endpoint_template)
        /// the last counts.
        #[must_use]
        pub fn endpoint(mut self, url: impl Into<String>) -> Self {
            self.settings.endpoint = Some(url.into());
            self.settings.endpoint_template = None;
            self
        }

        /// The addresses of all services of a cloud under another name, by one pattern:
        /// `https://{service}.{region}.example.com`. `{service}` is put in for each service in
        /// lower case (`shop`) and has to be there; `{region}` may be left out. Any well-formed
        /// region will do.
        ///
        /// [`service_endpoint`](Self::service_endpoint) goes before it, and it goes before the
        /// environment. Of this and [`endpoint`](Self::endpoint) the last counts.
        #[must_use]
        pub fn endpoint_template(mut self, template: impl Into<String>) -> Self {
            self.settings.endpoint_template = Some(template.into());
            self.settings.endpoint = None;
            self
        }

        /// The address of one service, by its name (`shop`), instead of the region's; it goes
        /// before [`endpoint`](Self::endpoint) and [`endpoint_template`](Self::endpoint_template).
        #[must_use]
        pub fn service_endpoint(mut self, service: &str, url: impl Into<String>) -> Self {
            self.settings
                .service_endpoints
                .insert(service.to_owned(), url.into());
            self
        }

        /// What happens to a password that breaks the documented policy. Default: it is refused
        /// before anything is sent.
        #[must_use]
        pub fn password_policy(mut self, enforcement: $crate::PolicyEnforcement) -> Self {
            self.settings.enforcement = enforcement;
            self
        }

        /// Allows `http://` to other machines. Requests then travel readable by anybody on the way,
        /// passwords included.
        #[must_use]
        pub fn allow_plain_http(mut self) -> Self {
            self.settings.plain_http = true;
            self
        }

        /// What carries requests instead of the built-in HTTP client. The timeouts of
        /// attempts and operations hold for it too; how it connects is its own
        /// matter, so settings of connections beside it are refused.
        #[must_use]
        pub fn transport(mut self, transport: std::sync::Arc<dyn $crate::Transport>) -> Self {
            self.settings.transport = Some(Ok(transport));
            self
        }

        /// Sends through a reqwest client with settings of your own, of the version that this crate
        /// re-exports as `reqwest`, with TLS as your own dependency on reqwest asks for it; needs
        /// the feature `reqwest`. What would lead a request elsewhere is switched off, see
        /// [`ReqwestTransport`](crate::ReqwestTransport); settings of connections beside it are
        /// refused, and those that reqwest refuses are told when the client is built.
        #[cfg(feature = "reqwest")]
        #[must_use]
        pub fn reqwest_client(mut self, settings: $crate::reqwest::ClientBuilder) -> Self {
            self.settings.transport = Some(match $crate::ReqwestTransport::new(settings) {
                Ok(transport) => Ok(std::sync::Arc::new(transport)),
                Err(error) => Err(error),
            });
            self
        }

        /// The `User-Agent` of every request.
        #[must_use]
        pub fn user_agent(mut self, value: impl Into<String>) -> Self {
            self.settings.user_agent = Some(value.into());
            self
        }

        /// How long setting up a connection may take, name lookup and TLS included.
        /// Default: 10 s. An attempt that ends here has certainly sent nothing; so
        /// keep it below [`attempt_timeout`](Self::attempt_timeout), after which
        /// nobody knows.
        #[must_use]
        pub fn connect_timeout(mut self, limit: std::time::Duration) -> Self {
            self.settings.connection.connect_timeout = limit;
            self.settings.connection_set_by = Some("connect_timeout");
            self
        }

        /// How long one attempt may take, from the connection to the last byte of
        /// the response. Default: 30 s. It holds for every transport.
        #[must_use]
        pub fn attempt_timeout(mut self, limit: std::time::Duration) -> Self {
            self.settings.attempt_timeout = limit;
            self
        }

        /// How long a call may take in all: credentials, attempts, the waits between
        /// them, and that for its [turn](crate::rate). Default: 60 s. It holds for every transport.
        #[must_use]
        pub fn operation_timeout(mut self, limit: std::time::Duration) -> Self {
            self.settings.operation_timeout = limit;
            self
        }

        /// Which calls are sent again, how often and how soon. Default: only those for which a
        /// second time is certain to do no harm, three times at most; see
        /// [`RetryPolicy::default`](crate::RetryPolicy).
        #[must_use]
        pub fn retry_policy(mut self, policy: $crate::RetryPolicy) -> Self {
            self.settings.retry = policy;
            self
        }

        /// How many calls to a service leave in how much time, instead of what its
        /// API document says. A limit of an operation's own holds besides.
        ///
        /// Calls wait for their turn, first come, first served, within
        /// [`operation_timeout`](Self::operation_timeout); one whose turn would come
        /// after that is an error at once. See [`rate`](crate::rate), also for what
        /// happens when a service refuses calls.
        #[must_use]
        pub fn rate_limit(mut self, service: &str, limit: $crate::RateLimit) -> Self {
            self.settings.rate_limits.insert(service.to_owned(), limit);
            self
        }

        /// Calls leave at once, whatever the API documents say about limits and
        /// whatever [`rate_limit`](Self::rate_limit) was called with before. A
        /// service that refuses calls is still obeyed.
        #[must_use]
        pub fn no_rate_limit(mut self) -> Self {
            self.settings.rate_limits.clear();
            self.settings.documented_limits = false;
            self
        }

        /// Who is told how attempts and calls end, for metrics.
        #[must_use]
        pub fn observer(mut self, observer: std::sync::Arc<dyn $crate::Observer>) -> Self {
            self.settings.observer = Some(observer);
            self
        }

        /// How many idle connections to one server are kept. Default: no bound.
        #[must_use]
        pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
            self.settings.connection.pool_max_idle_per_host = Some(connections);
            self.settings.connection_set_by = Some("pool_max_idle_per_host");
            self
        }

        /// How long an idle connection is kept. Default: 10 s. Servers close theirs after a minute
        /// or so, and a request on a closed one fails as if it might have arrived.
        #[must_use]
        pub fn pool_idle_timeout(mut self, limit: std::time::Duration) -> Self {
            self.settings.connection.pool_idle_timeout = limit;
            self.settings.connection_set_by = Some("pool_idle_timeout");
            self
        }

        /// Speaks HTTP/2 with servers that offer it; needs the feature `http2`. Default: HTTP/1.1
        /// alone.
        ///
        /// All calls to a server then share a connection. One that is dropped while
        /// it waits for a server that takes only so many at once can still be sent
        /// when its turn comes, without its body. The crate `h2` writes what a server says as it
        /// ends a connection into its own log lines, unread: keep the target `h2` out of logs that
        /// others see.
        #[cfg(feature = "http2")]
        #[must_use]
        pub fn http2(mut self) -> Self {
            self.settings.connection.http2 = true;
            self.settings.connection_set_by = Some("http2");
            self
        }

        /// Reaches https endpoints through the proxy that `HTTPS_PROXY` or
        /// `ALL_PROXY` names (in upper or lower case), those listed in `NO_PROXY`
        /// excepted: names, which stand for all below them too, addresses and
        /// networks, all without a port. Plain http goes to its server directly,
        /// where [`allow_plain_http`](Self::allow_plain_http) was called too.
        /// Default: no proxy, whatever the environment says.
        #[must_use]
        pub fn proxy_from_environment(mut self) -> Self {
            self.settings.proxy = Some($crate::transport::ProxySource::Environment);
            self.settings.connection_set_by = Some("proxy_from_environment");
            self
        }

        /// Reaches all servers through this proxy, http to this machine excepted: it is asked to
        /// connect (CONNECT), and sees nothing of what goes by https.
        /// `http://proxy.example.com:3128`, or `https` where the proxy itself is to be reached by
        /// TLS. A user and a password in the address, both percent-encoded, are its login; better
        /// give them with [`proxy_login`](Self::proxy_login). Of this and
        /// [`proxy_from_environment`](Self::proxy_from_environment) the last counts.
        #[must_use]
        pub fn proxy(mut self, url: impl Into<String>) -> Self {
            self.settings.proxy = Some($crate::transport::ProxySource::Given(
                $crate::Password::new(url),
            ));
            self.settings.connection_set_by = Some("proxy");
            self
        }

        /// User and password at the proxy, which is told them in Basic authentication. They go
        /// before those in its address.
        #[must_use]
        pub fn proxy_login(
            mut self,
            user: impl Into<String>,
            password: impl Into<$crate::Password>,
        ) -> Self {
            self.settings.proxy_login = Some((user.into(), password.into()));
            self.settings.connection_set_by = Some("proxy_login");
            self
        }

        /// Reaches `host` at this address and port, without looking the name up; what is verified
        /// in TLS is the name. More calls for one host give it more addresses, to be tried in this
        /// order. It holds for the host of a proxy too; what is behind a proxy, the proxy looks up.
        #[must_use]
        pub fn resolve(mut self, host: impl AsRef<str>, address: std::net::SocketAddr) -> Self {
            self.settings.connection.names.fix(host.as_ref(), address);
            self.settings.connection_set_by = Some("resolve");
            self
        }

        /// Looks names up in another way than the system does; see
        /// [`Resolve`](crate::transport::Resolve). Those that [`resolve`](Self::resolve) gave an
        /// address are not asked for.
        #[must_use]
        pub fn resolver(
            mut self,
            resolver: std::sync::Arc<dyn $crate::transport::Resolve>,
        ) -> Self {
            self.settings.connection.names.ask(resolver);
            self.settings.connection_set_by = Some("resolver");
            self
        }

        /// Trusts a certificate authority in addition to those of the system. `pem`
        /// holds one or more certificates; more calls add more.
        #[must_use]
        pub fn ca_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
            self.settings.connection.ca_certificates.push(pem.into());
            self.settings.connection_set_by = Some("ca_certificate");
            self
        }
    };
}
