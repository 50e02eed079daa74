//! What the services remember, and whom their gateway lets in.

use std::time::Duration;

use openapi_simulator::Authentication;
use openapi_simulator::fault::FaultPlan;
use openapi_simulator::gateway::Standard;
use openapi_simulator::state::{Listing, PasswordCheck};
use serde_json::json;

use super::raw::Call;
use super::{shop, started};

const PASSWORD: &str = "Horse42battery";

fn set(customer: &str, password: &str) -> Call {
    let path = format!("/v1/customers/{customer}/password");
    Call::new("PUT", path)
        .token()
        .json(&json!({"password": password}))
}

#[tokio::test]
async fn a_reset_changes_what_a_check_of_the_password_says() {
    let simulator = started().await;
    let check = |customer, password| simulator.check_password("shop", customer, password);
    assert_eq!(check("c1", PASSWORD), PasswordCheck::NotSet);
    assert_eq!(set("c1", PASSWORD).send(&simulator).await.status, 200);
    assert_eq!(check("c1", PASSWORD), PasswordCheck::Right);
    assert_eq!(check("c2", PASSWORD), PasswordCheck::NotSet);
    assert_eq!(
        set("c1", "Other42battery").send(&simulator).await.status,
        200
    );
    assert_eq!(check("c1", PASSWORD), PasswordCheck::Wrong);
    // What is refused changes nothing.
    let response = set("c1", "weak").send(&simulator).await;
    assert_eq!(response.status, 400, "{response:?}");
    assert_eq!(check("c1", "Other42battery"), PasswordCheck::Right);
    assert_eq!(simulator.ledger().processed("shop", "c1"), 2);
    assert_eq!(simulator.ledger().processed("shop", "c2"), 0);
    let everything = format!("{:?}", simulator.ledger().entries());
    assert!(!everything.contains("battery"), "{everything}");
}

#[tokio::test]
async fn who_signs_in_must_have_the_password_that_the_user_has() {
    let listing = "services: {shop: {resources: {ann: {password: Horse42battery}}}}";
    let simulator = shop()
        .resources(Listing::parse(listing).unwrap())
        .start()
        .await
        .unwrap();
    let sign_in = |name: &str, password: &str| {
        let body = json!({"user": {"name": name, "password": password}});
        Call::new("POST", "/v1/sessions").json(&body)
    };
    let status = async |call: Call| call.send(&simulator).await.status;
    assert_eq!(status(sign_in("ann", PASSWORD)).await, 201);
    assert_eq!(status(sign_in("ann", "Other42battery")).await, 401);
    // Another user is made when it is first used, and has that password from then on.
    assert_eq!(status(sign_in("bob", "Other42battery")).await, 201);
    assert_eq!(status(sign_in("bob", PASSWORD)).await, 401);
}

#[tokio::test]
async fn resources_are_as_they_are_listed() {
    let listing = "
services:
  shop:
    only_listed: true
    resources:
      c1: {}
      c2: {respond: {status: 200, example: locked}}
";
    let simulator = shop()
        .resources(Listing::parse(listing).unwrap())
        .start()
        .await
        .unwrap();
    assert_eq!(
        set("c1", PASSWORD).send(&simulator).await.json()["code"],
        "1"
    );
    let locked = set("c2", PASSWORD).send(&simulator).await;
    assert_eq!((locked.status, &locked.json()["code"]), (200, &json!("3")));
    assert_eq!(
        simulator.ledger().processed("shop", "c2"),
        0,
        "it is locked"
    );
    assert_eq!(
        simulator.check_password("shop", "c2", PASSWORD),
        PasswordCheck::NotSet
    );
    let response = set("c3", PASSWORD).send(&simulator).await;
    assert_eq!(response.status, 404);
    assert!(response.reason().contains("listed"), "{response:?}");
    for wrong in ["services: [x]", "services: {shop: {resource: {}}}", "{"] {
        let error = Listing::parse(wrong).unwrap_err().to_string();
        assert!(error.contains(": line "), "{error}");
    }
}

#[tokio::test]
async fn more_calls_than_the_document_allows_wait() {
    let simulator = started().await;
    for _ in 0..40 {
        assert_eq!(set("c1", PASSWORD).send(&simulator).await.status, 200);
    }
    let response = set("c1", PASSWORD).send(&simulator).await;
    assert_eq!(response.status, 429);
    let wait: u64 = response.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{response:?}");
    simulator.clock().advance(Duration::from_secs(wait));
    assert_eq!(set("c1", PASSWORD).send(&simulator).await.status, 200);
    assert_eq!(simulator.ledger().processed("shop", "c1"), 41);

    let free = shop().rate_limits(false).start().await.unwrap();
    for _ in 0..42 {
        assert_eq!(set("c1", PASSWORD).send(&free).await.status, 200);
    }
}

#[tokio::test]
async fn every_scheme_of_the_document_lets_in_who_fulfils_it() {
    let simulator = started().await;
    let find = |path: &str| Call::new("GET", path);
    for (call, wanted) in [
        (find("/v1/things"), 401),
        (
            find("/v1/things").header("Authorization", "Basic YTpi"),
            200,
        ),
        (find("/v1/things").header("Authorization", "Bearer t"), 401),
        (find("/v1/things?key=k"), 401),
        (find("/v1/things").header("Cookie", "session=s"), 401),
        (
            find("/v1/things?key=k").header("Cookie", "a=b; session=s"),
            200,
        ),
    ] {
        let response = call.send(&simulator).await;
        assert_eq!(response.status, wanted, "{response:?}");
        if wanted == 401 {
            assert!(response.reason().contains("user, or key and cookie"));
        }
    }
    let entries = simulator.ledger().entries();
    assert_eq!(entries[1].authentication, Authentication::Credentials);
    assert_eq!(entries[1].key.as_deref(), Some("user"));

    let told = Standard::default()
        .credential("user", "ann:open sesame")
        .credential("token", "right");
    let strict = shop().gateway(told).start().await.unwrap();
    let basic = find("/v1/things").header("Authorization", "Basic YW5uOm9wZW4gc2VzYW1l");
    assert_eq!(basic.send(&strict).await.status, 200);
    let other = find("/v1/things").header("Authorization", "Basic YTpi");
    assert_eq!(other.send(&strict).await.status, 401);
    assert_eq!(set("c1", PASSWORD).send(&strict).await.status, 401);
    let curl = strict.operations().into_iter().map(|it| strict.curl(it));
    let curl: Vec<_> = curl.collect();
    assert!(
        curl.iter()
            .any(|it| it.contains("Authorization: Bearer right"))
    );
}

#[tokio::test]
async fn parameters_are_read_in_every_style() {
    let simulator = started().await;
    let fine = [
        "ids=1&ids=2&page=3",
        "tags=a,b%2Cc",
        "piped=1%7C2%7c3",
        "piped=1|2|3",
        "where%5Bsize%5D=3&where[open]=true",
        "",
    ];
    let wrong = [
        ("ids=1&ids=x", "parameter ids"),
        ("tags=a,toolong", "parameter tags"),
        ("piped=1|b", "parameter piped"),
        ("where[size]=big", "parameter where"),
        ("where[weight]=3", "undocumented fields: weight"),
        ("page=0", "parameter page"),
        ("page=1&page=2", "more than once"),
        ("pages=1", "query parameter pages is not documented"),
    ];
    let call = |query: &str| {
        let call = Call::new("GET", format!("/v1/things?{query}"));
        call.header("Authorization", "Basic YTpi")
    };
    for query in fine {
        let response = call(query).header("X-Limits", "1,2").send(&simulator).await;
        assert_eq!((response.status, response.reason()), (200, ""), "{query}");
    }
    for (query, word) in wrong {
        let response = call(query).send(&simulator).await;
        assert_eq!(response.status, 400, "{query}");
        assert!(response.reason().contains(word), "{query}: {response:?}");
    }
    let response = call("").header("X-Limits", "1,b").send(&simulator).await;
    assert!(
        response.reason().contains("parameter x-limits"),
        "{response:?}"
    );
    for (path, status) in [
        ("/v1/things/7.json", 200),
        ("/v1/things/x.json", 400),
        ("/v1/things/7", 404),
    ] {
        assert_eq!(
            Call::new("GET", path).send(&simulator).await.status,
            status,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_form_is_read_as_the_document_says() {
    let simulator = started().await;
    let write = |body| Call::new("POST", "/v1/notes").form(body);
    for (body, word) in [
        ("title=a+b&size=3&tags=x&tags=y", ""),
        ("size=3", "\"title\" is a required property"),
        ("title=far+too+long", "longer than 9"),
        ("title=a&size=three", "body.size"),
        ("title=a&colour=red", "undocumented fields: colour"),
    ] {
        let response = write(body).send(&simulator).await;
        let status = if word.is_empty() { 204 } else { 400 };
        assert_eq!(response.status, status, "{body}: {response:?}");
        assert!(response.reason().contains(word), "{body}: {response:?}");
    }
}

#[tokio::test]
async fn responses_by_lot_fit_the_document_and_follow_from_the_seed() {
    let mut runs = Vec::new();
    for seed in [1, 1, 2] {
        let plan = FaultPlan {
            seed,
            rules: Vec::new(),
        };
        let simulator = shop().faults(plan).start().await.unwrap();
        let mut bodies = Vec::new();
        for _ in 0..6 {
            let call = set("c1", PASSWORD).header("Prefer", "dynamic=true");
            let body = call.send(&simulator).await.json();
            let left = body["left"].as_u64().unwrap();
            assert!(
                (3..=9).contains(&left) && body["code"].is_string(),
                "{body}"
            );
            bodies.push(body);
        }
        assert!(bodies.iter().any(|body| *body != bodies[0]), "{bodies:?}");
        runs.push(bodies);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

#[tokio::test]
async fn what_rules_and_resources_name_has_to_be_there() {
    let faults = |text: &str| shop().faults(FaultPlan::parse(text).unwrap());
    let listing = |text: &str| shop().resources(Listing::parse(text).unwrap());
    for (builder, word) in [
        (faults("rules: [{service: shopp, fault: html}]"), "`shopp`"),
        (
            faults("rules: [{operation: SetPasword, fault: html}]"),
            "`SetPasword`",
        ),
        (listing("services: {ship: {}}"), "`ship`"),
        (
            listing("services: {shop: {resources: {a: {respond: {status: 9999}}}}}"),
            "9999",
        ),
        (
            listing("services: {shop: {resources: {a: {respond: {status: 200, example: lockd}}}}}"),
            "lockd",
        ),
    ] {
        let error = builder.start().await.unwrap_err().to_string();
        assert!(
            error.contains(word) && error.contains("no document"),
            "{error}"
        );
    }
}

/// What was never let in, or not taken, leaves nothing behind.
#[tokio::test]
async fn only_what_is_done_is_done() {
    let plan =
        FaultPlan::parse("rules: [{operation: SetPassword, calls: [2], fault: unavailable}]");
    let simulator = shop().faults(plan.unwrap()).start().await.unwrap();
    let path = "/v1/customers/k%C3%BCche/password";
    let call = |password| {
        Call::new("PUT", path)
            .token()
            .json(&json!({"password": password}))
    };
    assert_eq!(
        Call::new("PUT", path)
            .json(&json!({"password": PASSWORD}))
            .send(&simulator)
            .await
            .status,
        401
    );
    assert_eq!(
        call(PASSWORD).send(&simulator).await.status,
        200,
        "a stray call does not count"
    );
    assert_eq!(
        call(PASSWORD).send(&simulator).await.status,
        503,
        "the second meets its fault"
    );
    assert_eq!(simulator.ledger().processed("shop", "küche"), 1);
    let locked = call("Other42battery")
        .header("Prefer", "example=locked")
        .send(&simulator)
        .await;
    assert_eq!(locked.json()["code"], "3");
    assert_eq!(
        simulator.check_password("shop", "küche", PASSWORD),
        PasswordCheck::Right
    );
    assert_eq!(simulator.ledger().processed("shop", "küche"), 1);
}

/// What stands in the place of a name may be a secret.
#[tokio::test]
async fn no_word_of_a_mistaken_request_is_repeated() {
    let simulator = started().await;
    let note = |body: &str| Call::new("POST", "/v1/notes").form(body);
    for call in [
        note(r#"{"password":"Hunter2!secret"}"#),
        Call::new("GET", "/v1/things?Hunter2%21secret").header("Authorization", "Basic YTpi"),
    ] {
        let response = call.send(&simulator).await;
        assert_eq!(response.status, 400);
        assert!(response.reason().contains("(not shown)"), "{response:?}");
    }
    let everything = format!("{:?}", simulator.ledger().entries());
    assert!(!everything.contains("Hunter2"), "{everything}");
}

/// Numbers that no clock can take, and statuses that no response has.
#[tokio::test]
async fn extremes_are_refused_and_nothing_breaks() {
    let simulator = started().await;
    for fault in [
        "wrong-clock=9000y",
        "delay=500000000000y",
        "internal-error=99999",
        "\u{e9}",
    ] {
        let response = set("c1", PASSWORD).fault(fault).send(&simulator).await;
        assert_eq!(response.status, 400, "{fault}");
    }
    for code in ["100", "101", "199", "600", "99"] {
        let call = set("c1", PASSWORD).header("Prefer", &format!("code={code}"));
        let response = call.send(&simulator).await;
        assert_eq!(response.status, 400, "{code}");
    }
    for speed in [f64::NAN, 0.0, 1e300, 1e-300] {
        let simulator = shop().clock_speed(speed).start().await.unwrap();
        assert_eq!(
            set("c1", PASSWORD).send(&simulator).await.status,
            200,
            "{speed}"
        );
    }
    let long = "x".repeat(100_000);
    let sign_in = json!({"user": {"name": long, "password": PASSWORD}});
    let call = Call::new("POST", "/v1/sessions").json(&sign_in);
    assert_eq!(call.send(&simulator).await.status, 201);
    let entry = simulator.ledger().entries().pop().unwrap();
    assert!(entry.resource.unwrap().len() < 400);
}
