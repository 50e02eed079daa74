//! The calls that this repository makes by name, for the demonstration and the end-to-end tests.
//!
//! Who renames a field in `spec/` renames it here, and nowhere else; where an operation is renamed,
//! CONTRIBUTING.md says what else has its name.

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

/// The field of the password in the body of [`reset_cache`].
pub const CACHE_PASSWORD: &str = "new_password";
/// The field that opens an instance without one.
pub const CACHE_OPEN: &str = "no_password_access";
/// The field of the password in the body of [`reset_bastion`].
pub const BASTION_PASSWORD: &str = "new_password";
/// The field of the host in it.
pub const BASTION_SERVER: &str = "server_id";
/// The field of the password in the body of [`reset_cluster`].
pub const CLUSTER_PASSWORD: &str = "new_password";

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

/// What the response to [`bare_metal_flag`] says.
pub fn bare_metal_supports(response: &bms::types::ShowResetPwdResponse) -> bool {
    response.is_supported()
}

/// What the response to [`cloud_server_flag`] says.
pub fn cloud_server_supports(response: &ecs::types::ShowResetPasswordFlagResponse) -> bool {
    response.is_supported()
}

/// Whether [`reset_cache`] failed with what its document gives the status 400.
pub fn is_bad_request(error: &Error<ResetPasswordError>) -> bool {
    match error {
        Error::Api(api) => matches!(api.body(), ResetPasswordError::BadRequest(_)),
        _ => false,
    }
}

/// The same calls as tests fake them: the response to each, and what it was asked for.
pub mod faked {
    use huaweicloud_password::Password;
    use huaweicloud_password::dcs::reset_password::ResetPasswordError as CacheError;
    use huaweicloud_password::dcs::types::{DcsError, ResetPasswordResponse};
    use huaweicloud_password::dws::reset_password::ResetPasswordError as ClusterError;
    use huaweicloud_password::ecs::types::ShowResetPasswordFlagResponse;
    use huaweicloud_password::mock::{Expectation, Mock, dcs, dws, ecs};

    /// A call of [`cloud_server_flag`](super::cloud_server_flag).
    pub fn cloud_server_flag(
        mock: &Mock,
    ) -> Expectation<ecs::show_reset_password_flag::ShowResetPasswordFlag> {
        mock.ecs().show_reset_password_flag()
    }

    /// A call of [`reset_cache`](super::reset_cache).
    pub fn reset_cache(mock: &Mock) -> Expectation<dcs::reset_password::ResetPassword> {
        mock.dcs().reset_password()
    }

    /// A call of [`reset_cluster`](super::reset_cluster).
    pub fn reset_cluster(mock: &Mock) -> Expectation<dws::reset_password::ResetPassword> {
        mock.dws().reset_password()
    }

    /// The server whose flag was asked for.
    pub fn server(request: &ecs::show_reset_password_flag::Request) -> &str {
        &request.server_id
    }

    /// The password that a cache instance was to have.
    pub fn cache_password(request: &dcs::reset_password::Request) -> Option<&Password> {
        request.new_password.as_ref()
    }

    /// Project and name of the cluster that was to have a password, and the password.
    pub fn cluster(request: &dws::reset_password::Request) -> (&str, &str, &Password) {
        (
            &request.project_id,
            &request.cluster_id,
            &request.new_password,
        )
    }

    /// The response that says whether a server supports the reset.
    pub fn flag(supports: bool) -> ShowResetPasswordFlagResponse {
        ShowResetPasswordFlagResponse::new().resetpwd_flag(if supports { "True" } else { "False" })
    }

    /// A cache instance has its password.
    pub fn cache_is_reset() -> ResetPasswordResponse {
        ResetPasswordResponse::new()
    }

    /// The service of cache instances finds the request wrong.
    pub fn bad_cache_request(code: &str, message: &str) -> CacheError {
        CacheError::BadRequest(DcsError::new().error_code(code).error_msg(message))
    }

    /// The service of cache instances responds with 200 and says no.
    pub fn cache_refusal(code: &str) -> CacheError {
        CacheError::Refused(ResetPasswordResponse::new().code(code))
    }

    /// What [`cache_refusal`] said.
    pub fn code_of_refusal(error: &CacheError) -> Option<&str> {
        match error {
            CacheError::Refused(no) => no.code.as_deref(),
            _ => None,
        }
    }

    /// There is no such cluster.
    pub fn no_cluster() -> Option<ClusterError> {
        ClusterError::without_body(404)
    }
}
