//! `tests/mock_*.rs`: every operation against its fake.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::operation::example::{self, Secrets};
use crate::emit::operation::{Context, answers_of};
use crate::emit::tokens::{ident, print};
use crate::model::Service;

use super::operation::status;

pub(super) fn emit(service: &Service, contexts: &[Context<'_>]) -> Result<String, String> {
    let tests = contexts.iter().map(test);
    let krate = ident(&service.package.krate());
    print(
        &service.path,
        quote! {
            //! Every operation against its fake.
            #![allow(deprecated, reason = "deprecated operations and fields are tested too")]

            #[allow(unused_imports, reason = "not every service takes passwords")]
            use #krate::{Error, Password};
            use #krate::mock::{Mock, Reply};

            type TestResult = Result<(), Box<dyn std::error::Error>>;

            #(#tests)*
        },
    )
}

fn test(context: &Context<'_>) -> TokenStream {
    let service = ident(&context.service.module);
    let krate = ident(&context.service.package.krate());
    let operation = ident(&context.operation.ident);
    let call = example::call(context, Secrets::Literal);
    let expression = &call.expression;
    let named = format!("{}.{}", context.service.name, context.operation.id);
    let (good, bad) = answers_of(context);
    let success = good
        .first()
        .map_or(proc_macro2::Literal::u16_unsuffixed(200), |answer| {
            status(context, answer)
        });
    let secret = example::uses_password(expression).then(|| {
        quote! {
            let shown = format!("{calls:?} {mock:?}");
            assert!(shown.contains("[redacted]") && !shown.contains("Correct-Horse"), "{shown}");
        }
    });
    let project = context.project_id().map(|project| {
        let field = ident(&project.ident);
        quote! {
            let last = calls.last().ok_or("nothing was called")?;
            assert_eq!(last.#field, #krate::mock::PROJECT_ID);
        }
    });
    // The errors that take no body can be made here without knowing their types.
    let error = context.error_type();
    let failures = bad
        .iter()
        .filter(|answer| answer.body.is_none())
        .map(|answer| {
            let (variant, status) = (&answer.variant, status(context, answer));
            quote! {
                let mock = Mock::new();
                mock.#service().#operation()
                    .fails(#krate::#service::#operation::#error::#variant);
                let client = mock.client();
                let error = #expression.send().await.unwrap_err();
                assert_eq!(error.status(), Some(#status));
                assert!(matches!(error, Error::Api(_)), "{error}");
            }
        });
    quote! {
        mod #operation {
            use super::*;

            #[tokio::test]
            async fn is_answered_and_seen() -> TestResult {
                let mock = Mock::new();
                let calls = mock.#service().#operation().times(1).returns_example();
                assert!(mock.verify().is_err());
                let client = mock.client();
                let response = #expression.send().await?;
                assert_eq!(response.status(), #success);
                assert!(response.request_id().is_some());
                assert_eq!(calls.count(), 1);
                #project
                #secret
                mock.assert();
                Ok(())
            }

            #[tokio::test]
            async fn fails_as_it_is_told() -> TestResult {
                let mock = Mock::new();
                mock.#service().#operation().replies(Reply::status(511));
                let client = mock.client();
                let error = #expression.send().await.unwrap_err();
                assert_eq!(error.status(), Some(511));
                let mock = Mock::new();
                mock.#service().#operation().breaks_off();
                let client = mock.client();
                let error = #expression.send().await.unwrap_err();
                assert!(matches!(error, Error::Transport(_)), "{error}");
                assert!(error.may_have_been_processed());
                #(#failures)*
                Ok(())
            }

            #[tokio::test]
            async fn is_named_when_nothing_answers() -> TestResult {
                let mock = Mock::new();
                let calls = mock.#service().#operation().with(|_| false).returns_example();
                let client = mock.client();
                let error = #expression.send().await.unwrap_err().to_string();
                assert!(error.contains(#named) && error.contains("mocked"), "{error}");
                assert_eq!(calls.count(), 0);
                let problems = mock.verify().unwrap_err();
                assert!(problems.contains("expected a call"), "{problems}");
                assert!(problems.contains("unexpected call"), "{problems}");
                Ok(())
            }
        }
    }
}
