//! What the spans of calls and attempts say, and to whom.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::support::script::{Script, status};
use crate::support::*;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Instrument as _, Level, Subscriber};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

type Fields = BTreeMap<&'static str, Vec<String>>;

/// A span's id, its name, and every value of its fields.
type Recorded = (u64, &'static str, Fields);

/// All spans, in the order of creation.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Recorded>>>);

impl Spans {
    fn named(&self, name: &str) -> Vec<Fields> {
        let spans = self.0.lock().unwrap();
        let named = spans.iter().filter(|(_, given, _)| *given == name);
        named.map(|(_, _, fields)| fields.clone()).collect()
    }
}

struct Collect<'a>(&'a mut Fields);

impl Visit for Collect<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let values = self.0.entry(field.name()).or_default();
        values.push(format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        let mut fields = Fields::new();
        attributes.record(&mut Collect(&mut fields));
        let name = attributes.metadata().name();
        let mut spans = self.0.lock().unwrap();
        spans.push((id.into_u64(), name, fields));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut spans = self.0.lock().unwrap();
        let found = spans
            .iter_mut()
            .rfind(|(known, ..)| *known == id.into_u64());
        values.record(&mut Collect(&mut found.unwrap().2));
    }
}

/// A call that succeeds at the second attempt, within a span of the caller's
/// that has fields of the same names.
async fn seen_at(level: LevelFilter) -> Spans {
    let spans = Spans::default();
    let subscriber = tracing_subscriber::registry()
        .with(level)
        .with(spans.clone());
    let _guard = tracing::subscriber::set_default(subscriber);
    let script = Arc::new(Script::new([
        status(503, &[("x-request-id", "r-1")], ""),
        status(200, &[("x-request-id", "r-2")], "{}"),
    ]));
    let core = builder(aksk()).transport(script).build(SERVICES).unwrap();
    let own = tracing::span!(
        Level::ERROR,
        "own",
        status = "mine",
        elapsed_ms = "mine",
        request_id = "mine"
    );
    core.execute(&SHOW, None, show_request())
        .instrument(own)
        .await
        .unwrap();
    let mine = ["elapsed_ms", "request_id", "status"].map(|name| (name, vec!["mine".to_owned()]));
    assert_eq!(spans.named("own"), [Fields::from(mine)]);
    spans
}

fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    match fields.get(name).map(Vec::as_slice) {
        Some([value]) => value,
        other => panic!("{name} should be recorded once, not {other:?}"),
    }
}

// One test, since what tracing remembers about spans is shared by all threads.
#[tokio::test(start_paused = true)]
async fn spans_say_what_happened_and_leave_others_alone() {
    every_call_and_every_attempt_has_a_span().await;
    spans_that_are_filtered_out_leave_others_alone().await;
}

async fn every_call_and_every_attempt_has_a_span() {
    let spans = seen_at(LevelFilter::DEBUG).await;
    let calls = spans.named("api.call");
    let [call] = &calls[..] else {
        panic!("one call was expected");
    };
    for (name, expected) in [
        ("service", "dcs"),
        ("operation", "Show"),
        ("method", "GET"),
        ("host", "dcs.cn-north-4.example.com"),
        ("status", "200"),
        ("attempts", "2"),
        ("request_id", "r-2"),
    ] {
        assert_eq!(value(call, name), expected);
    }
    value(call, "elapsed_ms").parse::<u64>().unwrap();

    let attempts = spans.named("api.attempt");
    assert_eq!(attempts.len(), 2);
    for (fields, (number, status, id)) in attempts
        .iter()
        .zip([("1", "503", "r-1"), ("2", "200", "r-2")])
    {
        assert_eq!(value(fields, "attempt"), number);
        assert_eq!(value(fields, "status"), status);
        assert_eq!(value(fields, "request_id"), id);
        value(fields, "elapsed_ms").parse::<u64>().unwrap();
    }
}

async fn spans_that_are_filtered_out_leave_others_alone() {
    let spans = seen_at(LevelFilter::INFO).await;
    assert!(spans.named("api.attempt").is_empty());
    let call = &spans.named("api.call")[0];
    assert_eq!(value(call, "status"), "200");
    assert_eq!(value(call, "request_id"), "r-2");

    let spans = seen_at(LevelFilter::ERROR).await;
    assert!(spans.named("api.call").is_empty());
}
