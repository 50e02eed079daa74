//! The types and features of the neutral runtime that every client passes on.

use crate::model::Feature;

/// The types, which a vendor's runtime has too.
pub(super) const TYPES: [&str; 25] = [
    "AnyError",
    "ApiError",
    "BuilderError",
    "Call",
    "CallError",
    "CallOptions",
    "Credentials",
    "CredentialsError",
    "DecodeError",
    "Error",
    "ErrorDetails",
    "InvalidRequest",
    "Observer",
    "Password",
    "PasswordPolicy",
    "PolicyEnforcement",
    "ProvideCredentials",
    "RateLimit",
    "Response",
    "RetryPolicy",
    "Transport",
    "TransportError",
    "TransportErrorKind",
    "UndocumentedError",
    "Withheld",
];

/// The features, in the order in which manifest and README have them.
pub(super) const OF_THE_RUNTIME: [Feature; 6] = [
    Feature {
        name: "rustls",
        default: true,
        comment: "TLS by rustls with the ring provider and the system's trust store.",
        brings: "TLS by rustls with ring and the system's trust store",
    },
    Feature {
        name: "native-tls",
        default: false,
        comment: "TLS by the system's own library.",
        brings: "TLS by the system's own library",
    },
    Feature {
        name: "http2",
        default: false,
        comment: "HTTP/2 for clients that ask for it.",
        brings: "HTTP/2 for clients that ask for it, `ClientBuilder::http2`",
    },
    Feature {
        name: "blocking",
        default: false,
        comment: "The same calls without async.",
        brings: "the same calls without async, `blocking::Client`",
    },
    Feature {
        name: "mock",
        default: false,
        comment: "A fake of the services, for tests.",
        brings: "a typed fake of the services for your own tests, `mock::Mock`",
    },
    Feature {
        name: "reqwest",
        default: false,
        comment: "Calls through a reqwest client of your own.",
        brings: "calls through a reqwest client with settings of your own, `ClientBuilder::reqwest_client`",
    },
];
