
/// What a request is made of besides JSON.
#[derive(Debug)]
pub struct More {
    pub cookies: &'static [(&'static str, &'static str)],
    /// The fields of a form, decoded.
    pub form: &'static [(&'static str, &'static str)],
    /// The parts of a form, files among them.
    pub parts: &'static [(&'static str, &'static str)],
    /// A body of text, or of bytes that are such.
    pub text: Option<&'static str>,
}

impl More {
    pub const NONE: Self = Self { cookies: &[], form: &[], parts: &[], text: None };

    fn is(&self, seen: &wiremock::Request) -> bool {
        let has = |found: &[(String, String)], expected: &[(&str, &str)]| {
            expected.iter().all(|(name, value)| {
                found.iter().any(|pair| pair.0 == *name && is_same(&pair.1, value))
            })
        };
        has(&cookies(seen), self.cookies)
            && has(&decoded(seen, &String::from_utf8_lossy(&seen.body)), self.form)
            && has(&parts(seen).unwrap_or_default(), self.parts)
            && self.text.is_none_or(|text| seen.body == text.as_bytes())
    }
}

impl<O, F> Case<O, F> {
    /// In another media type than JSON.
    pub fn of(mut self, media_type: &'static str) -> Self {
        self.media_type = media_type;
        self
    }

    /// With a value that is like this.
    pub fn is(mut self, is: fn(&O) -> bool) -> Self {
        self.is_success = Some(is);
        self
    }
}

/// Whether two texts are the same, or the same JSON object or list.
fn is_same(given: &str, expected: &str) -> bool {
    let json = |text| serde_json::from_str::<Value>(text).ok().filter(|it| !it.is_string());
    given == expected || json(given).is_some_and(|given| json(expected) == Some(given))
}

/// Pairs as they stand in a query, decoded by the parser of addresses.
fn decoded(seen: &wiremock::Request, text: &str) -> Vec<(String, String)> {
    let mut address = seen.url.clone();
    address.set_query(Some(text));
    let pairs = address.query_pairs();
    pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn cookies(seen: &wiremock::Request) -> Vec<(String, String)> {
    let headers = seen.headers.get_all("cookie").iter();
    let texts = headers.filter_map(|it| it.to_str().ok());
    // No space is written as a plus there.
    let texts = texts.map(|it| it.replace("; ", "&").replace('+', "%2B"));
    texts.flat_map(|text| decoded(seen, &text)).collect()
}

/// The parts of a form by their names, as texts.
fn parts(seen: &wiremock::Request) -> Option<Vec<(String, String)>> {
    let content_type = seen.headers.get("content-type")?.to_str().ok()?;
    let (_, boundary) = content_type.split_once("boundary=")?;
    let body = std::str::from_utf8(&seen.body).ok()?;
    let boundary = format!("--{boundary}");
    let between = body.split(&boundary).skip(1);
    let parts = between.filter_map(|part| {
        let (head, content) = part.strip_prefix("\r\n")?.split_once("\r\n\r\n")?;
        let (_, name) = head.split_once("name=\"")?;
        let content = content.strip_suffix("\r\n")?;
        Some((name.split_once('"')?.0.to_owned(), content.to_owned()))
    });
    Some(parts.collect())
}
