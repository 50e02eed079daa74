//! One call of each operation of the spec.

use std::future::Future;
use std::pin::Pin;

use huaweicloud_password::iam::types::{
    AccountName, AgencyAuth, AgencyIdentity, AssumeRole, Auth, IdToken, IdTokenAuth, Identity,
    PasswordIdentity, SignInUser, TotpIdentity, TotpUser,
};
use huaweicloud_password::{Client, Password};

use super::Printed;

/// Makes the call, with the password where the operation takes one, and prints what there is.
pub type Call = for<'c> fn(
    &'c Client,
    Password,
    &'c mut Printed,
) -> Pin<Box<dyn Future<Output = ()> + Send + 'c>>;

macro_rules! calls {
    ($($name:literal: |$client:ident, $password:ident| $call:expr,)*) => {
        /// Every operation, by service and name.
        pub const ALL: &[(&str, Call)] = &[$(($name, |$client, $password, printed| {
            Box::pin(async move {
                let _ = &$password;
                let call = $call;
                printed.debug(&call);
                printed.result(&call.send().await);
            })
        })),*];
    };
}

calls! {
    "bms.ShowResetPwd": |client, password| client.bms().show_reset_pwd("server"),
    "cbh.ResetInstancePassword": |client, password| {
        client.cbh().reset_instance_password().server_id("server").new_password(password)
    },
    "dcs.ResetPassword": |client, password| {
        client.dcs().reset_password("instance").new_password(password)
    },
    "dws.ResetPassword": |client, password| {
        client.dws().reset_password("cluster").new_password(password)
    },
    "ecs.ShowResetPasswordFlag": |client, password| {
        client.ecs().show_reset_password_flag("server")
    },
    "iam.CreateTemporaryAccessKeyByAgency": |client, password| {
        let role = AssumeRole::new("agency").domain_name("account");
        let auth = AgencyAuth::new(AgencyIdentity::new(vec!["assume_role".into()], role));
        client.iam().create_temporary_access_key_by_agency().auth(auth)
    },
    "iam.CreateTokenWithIdToken": |client, password| {
        let auth = IdTokenAuth::new(IdToken::new(password));
        client.iam().create_token_with_id_token().x_idp_id("idp").auth(auth)
    },
    "iam.KeystoneCreateUserTokenByPassword": |client, password| {
        let totp = TotpIdentity::new(TotpUser::new("id", password.clone()));
        let user = SignInUser::new("user", password, AccountName::new("account"));
        let methods = vec!["password".into(), "totp".into()];
        let identity = Identity::new(methods, PasswordIdentity::new(user)).totp(totp);
        client.iam().keystone_create_user_token_by_password().auth(Auth::new(identity))
    },
    "iam.KeystoneListProjects": |client, password| client.iam().keystone_list_projects(),
}

/// The call of an operation.
pub fn of(name: &str) -> Call {
    let found = ALL.iter().find(|(known, _)| *known == name);
    found.expect("the name is one of them").1
}

/// No operation of the spec is missing above.
#[test]
fn every_operation_of_the_spec_is_called() {
    let mut of_spec = Vec::new();
    for file in std::fs::read_dir("spec").expect("the folder is there") {
        let path = file.expect("it can be listed").path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let service = path
            .file_stem()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let document: serde_yaml::Value = serde_yaml::from_str(&text).expect("it is YAML");
        for path in document["paths"].as_mapping().expect("paths").values() {
            for operation in path.as_mapping().expect("operations").values() {
                if let Some(id) = operation.get("operationId").and_then(|id| id.as_str()) {
                    of_spec.push(format!("{service}.{id}"));
                }
            }
        }
    }
    of_spec.sort();
    let mut called: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
    called.sort();
    assert_eq!(
        called, of_spec,
        "add the new operation to tests/secrets/calls.rs"
    );
}
