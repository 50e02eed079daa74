//! A call of every operation that takes secrets in a way of its own.
//!
//! It need not be complete: that every secret of every document is a `Password` in the client is held
//! by `codegen/tests/it/generate.rs`, and all calls take the one way through the runtime.

use std::future::Future;
use std::pin::Pin;

use huaweicloud_password::iam::types::{
    AccountName, AgencyAuth, AgencyIdentity, AssumeRole, Auth, IdToken, IdTokenAuth, Identity,
    PasswordIdentity, SignInUser, TotpIdentity, TotpUser,
};
use huaweicloud_password::{Client, Password};
use huaweicloud_password_workbench::calls;

use super::Printed;

/// Makes the call, with the password where the operation takes one, and prints what there is.
pub type Call = for<'c> fn(
    &'c Client,
    Password,
    &'c mut Printed,
) -> Pin<Box<dyn Future<Output = ()> + Send + 'c>>;

macro_rules! calls {
    ($($name:literal: |$client:ident, $password:ident| $call:expr,)*) => {
        /// The operations, by service and name.
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
    "bms.ShowResetPwd": |client, password| calls::bare_metal_flag(client, "server"),
    "cbh.ResetInstancePassword": |client, password| {
        calls::reset_bastion(client, "server", password)
    },
    "dcs.ResetPassword": |client, password| {
        calls::reset_cache(client, "instance", password)
    },
    "dws.ResetPassword": |client, password| {
        calls::reset_cluster(client, "cluster", password)
    },
    "ecs.ShowResetPasswordFlag": |client, password| {
        calls::cloud_server_flag(client, "server")
    },
    "iam.CreateTemporaryAccessKeyByAgency": |client, password| {
        let role = AssumeRole::new("agency").domain_name("account");
        let auth = AgencyAuth::new(AgencyIdentity::new(role, vec!["assume_role".into()]));
        client.iam().create_temporary_access_key_by_agency().auth(auth)
    },
    "iam.CreateTokenWithIdToken": |client, password| {
        let auth = IdTokenAuth::new(IdToken::new(password));
        client.iam().create_token_with_id_token().x_idp_id("idp").auth(auth)
    },
    "iam.KeystoneCreateUserTokenByPassword": |client, password| {
        let totp = TotpIdentity::new(TotpUser::new("id", password.clone()));
        let user = SignInUser::new(AccountName::new("account"), "user", password);
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
