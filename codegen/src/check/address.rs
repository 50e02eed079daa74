//! Addresses of servers: what the client can put a path behind.

/// What is wrong with a filled-in address: one of the web, or a base path that begins with `/`.
pub(crate) fn problem(text: &str) -> Option<String> {
    if let Some(found) = text.chars().find(|it| !is_plain(*it)) {
        let found = found.escape_debug();
        return Some(format!("it contains `{found}`, which no address has"));
    }
    if text.contains('?') {
        return Some("it has a query, and paths are put behind it".to_owned());
    }
    if text.contains('#') {
        return Some("it has a fragment, and paths are put behind it".to_owned());
    }
    if has_broken_escape(text) {
        return Some("a `%` is not followed by two hexadecimal digits".to_owned());
    }
    if text.starts_with("//") {
        return Some("it begins with neither `https://` nor `http://`".to_owned());
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return match text.starts_with('/') {
            true => path_problem(text),
            false => Some("it begins with neither `https://` nor `http://`".to_owned()),
        };
    };
    if !["https", "http"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return Some(format!("`{scheme}` is neither https nor http"));
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    authority_problem(authority).or_else(|| path_problem(path))
}

/// Whether a filled-in address has a user, and a password perhaps, in front of its host.
pub(super) fn has_user(text: &str) -> bool {
    let rest = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.contains('@')
}

/// What RFC 3986 lets an address have; braces are gone when it is filled in.
fn is_plain(character: char) -> bool {
    character.is_ascii_graphic() && !"\"<>\\^`{|}".contains(character)
}

fn has_broken_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut escapes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    escapes.any(|(at, _)| {
        let digits = bytes.get(at + 1..at + 3).unwrap_or_default();
        digits.len() < 2 || !digits.iter().all(u8::is_ascii_hexdigit)
    })
}

fn authority_problem(authority: &str) -> Option<String> {
    if authority.contains('@') {
        return Some("it carries a user or password, which everybody would read".to_owned());
    }
    let (host, port) = match authority
        .strip_prefix('[')
        .and_then(|it| it.split_once(']'))
    {
        Some((host, rest)) => {
            if host.parse::<std::net::Ipv6Addr>().is_err() {
                return Some(format!("`[{host}]` is no IPv6 address"));
            }
            match (rest, rest.strip_prefix(':')) {
                ("", _) => return None,
                (_, Some(port)) => ("v6", Some(port)),
                _ => return Some(format!("`{rest}` follows the host")),
            }
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    if host.is_empty() {
        return Some("it has no host".to_owned());
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() > 253
        || !host
            .strip_suffix('.')
            .unwrap_or(host)
            .split('.')
            .all(is_label)
    {
        return Some(format!("`{host}` is no host name"));
    }
    let is_port = |port: &str| {
        port.bytes().all(|it| it.is_ascii_digit()) && port.parse().is_ok_and(|it: u16| it > 0)
    };
    match port {
        Some(port) if !is_port(port) => Some(format!("`{port}` is no port, which is 1 to 65535")),
        _ => None,
    }
}

fn path_problem(path: &str) -> Option<String> {
    let dots = |part: &str| {
        let part = part.to_ascii_lowercase().replace("%2e", ".");
        part == "." || part == ".."
    };
    if path.split('/').any(dots) {
        return Some("its path has a part of dots alone, which servers take away".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn addresses_of_the_web_and_base_paths_are_addresses() {
        for text in [
            "https://dcs.cn-north-4.example.com",
            "https://x.example.com/v1/",
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:80/a",
            "http://[::1]",
            "HTTPS://x_y.example.com.",
            "/",
            "/v1.0/a%20b",
        ] {
            assert_eq!(problem(text), None, "{text}");
        }
    }

    #[test]
    fn everything_else_is_none_and_says_why() {
        for (text, words) in [
            ("", "neither"),
            ("api.example.com", "neither"),
            ("api.example.com:443/v1", "neither"),
            ("localhost:8080", "neither"),
            ("v1", "neither"),
            ("./v1", "neither"),
            ("//api.example.com/v1", "neither"),
            ("javascript:alert(1)", "neither"),
            ("javascript://x.example.com", "`javascript`"),
            ("data:text/plain,x", "neither"),
            ("file:///etc/passwd", "`file`"),
            ("wss://x.example.com", "`wss`"),
            ("://x.example.com", "neither"),
            ("https:/x.example.com", "neither"),
            ("https://", "no host"),
            ("https:///v1", "no host"),
            ("https://:80", "no host"),
            ("https://a b.example.com", "` `"),
            (" https://a.example.com", "` `"),
            ("https://a.example.com\n", "`\\n`"),
            ("https://a.example.com/\u{7}", "`\\u{7}`"),
            ("https://é.example.com", "`é`"),
            ("https://a\\b.example.com", "no address has"),
            ("https://a.example.com/{x}", "`{`"),
            ("https://user:pw@a.example.com", "user"),
            ("https://user@a.example.com", "user"),
            ("https://a.example.com?x=1", "query"),
            ("https://a.example.com/v1#x", "fragment"),
            ("https://a.example.com:99999", "port"),
            ("https://a.example.com:0", "port"),
            ("https://a.example.com:", "port"),
            ("https://a.example.com:80a", "port"),
            ("https://a.example.com:+80", "port"),
            ("https://a..example.com", "host name"),
            ("https://-a.example.com", "host name"),
            ("https://a%20b.example.com", "host name"),
            ("https://[::g]", "IPv6"),
            ("https://[::1]x", "follows"),
            ("https://a.example.com/%zz", "hexadecimal"),
            ("https://a.example.com/v1/../x", "dots"),
            ("/v1/%2E%2e", "dots"),
        ] {
            let problem = problem(text).unwrap_or_default();
            assert!(problem.contains(words), "{text}: {problem}");
        }
    }
}
