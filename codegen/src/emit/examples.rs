//! `examples/`: one program an operation.

use super::operation::example::{self, Secrets};
use super::operation::{Context, title};
use super::tokens::header;

/// Emits the example program of an operation.
pub fn emit(context: &Context<'_>) -> String {
    let call = example::call(context, Secrets::Environment);
    let password = example::uses_password(&call.expression);
    let needs = if password { ", and `NEW_PASSWORD`" } else { "" };
    let imports = if password {
        "Client, Credentials, Error, Password"
    } else {
        "Client, Credentials, Error"
    };
    let deprecated = if context.operation.deprecated {
        "#![allow(deprecated, reason = \"the example of a deprecated operation\")]\n\n"
    } else {
        ""
    };
    format!(
        "{header}//! {title}\n//!\n\
         //! Needs `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and `HUAWEICLOUD_SDK_PROJECT_ID`{needs}.\n\n\
         {deprecated}use huaweicloud_password::{{{imports}}};\n\n\
         #[tokio::main]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = Client::builder(\"{region}\").credentials(Credentials::from_env()?).build()?;\n    \
         let result = {expression}\n        .send()\n        .await;\n    \
         match result {{\n        \
         Ok(response) => println!(\"{{response:?}}\"),\n        \
         Err(Error::InvalidRequest(error)) => println!(\"nothing was sent: {{error}}\"),\n        \
         Err(error) => {{\n            \
         println!(\"{{error}}\");\n            \
         println!(\"may have been processed: {{}}\", error.may_have_been_processed());\n        \
         }}\n    }}\n    Ok(())\n}}\n",
        header = header("//", &context.service.path),
        title = title(context.operation),
        region = example::region(context),
        expression = example::pretty(&call.expression).replace('\n', "\n    "),
    )
}
