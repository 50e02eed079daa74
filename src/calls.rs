//! The calls that this repository makes by name, for the demonstration and the end-to-end tests.
//!
//! Who renames an operation or a field in `spec/` renames it here. Beside this file only
//! `tests/it/mock.rs` and `tests/it/surface.rs` name any, since the names are what they show; all
//! other tests take what the documents say.

use huaweicloud_password::dcs::reset_password::ResetPasswordError;
use huaweicloud_password::{Client, Error, Password, PasswordPolicy, bms, cbh, dcs, dws, ecs};

/// Service and name of an operation.
pub type Name = (&'static str, &'static str);

/// [`bare_metal_flag`].
pub const BARE_METAL_FLAG: Name = ("bms", "ShowResetPwd");
/// [`cloud_server_flag`].
pub const CLOUD_SERVER_FLAG: Name = ("ecs", "ShowResetPasswordFlag");
/// [`reset_cache`].
pub const RESET_CACHE: Name = ("dcs", "ResetPassword");
/// [`reset_bastion`].
pub const RESET_BASTION: Name = ("cbh", "ResetInstancePassword");
/// [`reset_cluster`].
pub const RESET_CLUSTER: Name = ("dws", "ResetPassword");

/// The rules of a password of [`reset_cache`].
pub const CACHE_POLICY: PasswordPolicy = dcs::ResetPassword::NEW_PASSWORD_POLICY;
/// The rules of a password of [`reset_bastion`].
pub const BASTION_POLICY: PasswordPolicy = cbh::ResetInstancePassword::NEW_PASSWORD_POLICY;
/// The rules of a password of [`reset_cluster`].
pub const CLUSTER_POLICY: PasswordPolicy = dws::ResetPassword::NEW_PASSWORD_POLICY;

/// Whether a bare metal server supports one-click reset.
pub fn bare_metal_flag(client: &Client, server: impl Into<String>) -> bms::ShowResetPwd {
    client.bms().show_reset_pwd(server)
}

/// Whether a cloud server supports one-click reset.
pub fn cloud_server_flag(client: &Client, server: impl Into<String>) -> ecs::ShowResetPasswordFlag {
    client.ecs().show_reset_password_flag(server)
}

/// Resets the password of a cache instance.
pub fn reset_cache(
    client: &Client,
    instance: impl Into<String>,
    password: impl Into<Password>,
) -> dcs::ResetPassword {
    client.dcs().reset_password(instance).new_password(password)
}

/// Resets the password of a bastion host.
pub fn reset_bastion(
    client: &Client,
    server: impl Into<String>,
    password: impl Into<Password>,
) -> cbh::ResetInstancePassword {
    let call = client.cbh().reset_instance_password();
    call.server_id(server).new_password(password)
}

/// Resets the password of a cluster.
pub fn reset_cluster(
    client: &Client,
    cluster: impl Into<String>,
    password: impl Into<Password>,
) -> dws::ResetPassword {
    client.dws().reset_password(cluster).new_password(password)
}

/// What [`bare_metal_flag`] was answered.
pub fn bare_metal_supports(answer: &bms::types::ShowResetPwdResponse) -> bool {
    answer.is_supported()
}

/// What [`cloud_server_flag`] was answered.
pub fn cloud_server_supports(answer: &ecs::types::ShowResetPasswordFlagResponse) -> bool {
    answer.is_supported()
}

/// Whether [`reset_cache`] failed with what its document gives the status 400.
pub fn is_bad_request(error: &Error<ResetPasswordError>) -> bool {
    match error {
        Error::Api(api) => matches!(api.body(), ResetPasswordError::BadRequest(_)),
        _ => false,
    }
}
