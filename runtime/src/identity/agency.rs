//! Temporary keys of another account.

use std::sync::Arc;
use std::time::Duration;

use super::{IdentityError, IdentityService};
use crate::credential::{
    Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, parse_moment,
};
use crate::secret::Password;

/// How long the keys may last, in seconds: 15 minutes to 24 hours.
const LASTING: std::ops::RangeInclusive<u64> = 900..=86_400;
/// How long they last unless it is said otherwise. IAM's own default of 15 minutes would have them
/// fetched anew every quarter of an hour.
const USUALLY: i32 = 3_600;

/// An agency: what an account makes so that another account may work in it.
///
/// The caller belongs to the account that it was made for and has the permission Agent Operator.
///
/// ```
/// use std::time::Duration;
/// use huaweicloud_runtime::identity::Agency;
///
/// let agency = Agency::new("their-account", "their-agency").lasting(Duration::from_secs(6 * 3600));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    account: Account,
    name: String,
    lasting: Option<Duration>,
}

/// The account that made an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Account {
    Name(String),
    Id(String),
}

impl Agency {
    /// An agency by its name and the name of the account that made it.
    pub fn new(account: impl Into<String>, name: impl Into<String>) -> Self {
        Self::of(Account::Name(account.into()), name.into())
    }

    /// An agency by its name and the id of the account that made it.
    pub fn of_account_id(account_id: impl Into<String>, name: impl Into<String>) -> Self {
        Self::of(Account::Id(account_id.into()), name.into())
    }

    fn of(account: Account, name: String) -> Self {
        Self {
            account,
            name,
            lasting: None,
        }
    }

    /// How long each set of keys lasts: 15 minutes to 24 hours, in whole seconds. Default: an hour.
    /// They are renewed before they end, so a shorter time only bounds what a stolen key is good
    /// for.
    #[must_use]
    pub fn lasting(mut self, time: Duration) -> Self {
        self.lasting = Some(time);
        self
    }

    /// The name of the agency.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the account that made it, unless its id is known.
    pub fn account_name(&self) -> Option<&str> {
        match &self.account {
            Account::Name(name) => Some(name),
            Account::Id(_) => None,
        }
    }

    /// The id of the account that made it, unless its name is known.
    pub fn account_id(&self) -> Option<&str> {
        match &self.account {
            Account::Id(id) => Some(id),
            Account::Name(_) => None,
        }
    }

    /// How long the keys are to last, in seconds.
    pub fn seconds(&self) -> i32 {
        self.lasting.map_or(USUALLY, |time| {
            // What does not fit is not between 15 minutes and 24 hours either, and refused.
            i32::try_from(time.as_secs()).unwrap_or(i32::MAX)
        })
    }

    /// What keeps it from being asked for, if anything does.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let (Account::Name(account) | Account::Id(account)) = &self.account;
        if self.name.is_empty() {
            Some("its name is empty")
        } else if account.is_empty() {
            Some("the account that made it is empty")
        } else if self
            .lasting
            .is_some_and(|time| !LASTING.contains(&time.as_secs()))
        {
            Some("its keys last 15 minutes to 24 hours; `.lasting(..)` asks for another time")
        } else {
            None
        }
    }
}

#[doc(hidden)]
/// Keys that belong together and end together.
#[derive(Debug)]
#[non_exhaustive]
pub struct TemporaryKeys {
    /// The access key.
    pub access_key: Password,
    /// The secret key.
    pub secret_key: Password,
    /// The security token, without which the keys are worth nothing.
    pub security_token: Password,
    /// When they end, as the response writes it: `2030-01-31T12:00:00.000000Z`.
    pub expires_at: Option<String>,
}

impl TemporaryKeys {
    /// Keys without a known end.
    pub fn new(access_key: Password, secret_key: Password, security_token: Password) -> Self {
        Self {
            access_key,
            secret_key,
            security_token,
            expires_at: None,
        }
    }
}

/// Asks IAM for keys of the agency whenever it is asked; `Cached` keeps what it gives.
pub(crate) struct AgencyProvider {
    service: Arc<dyn IdentityService>,
    /// Who assumes the agency.
    caller: Arc<dyn ProvideCredentials>,
    agency: Agency,
}

impl AgencyProvider {
    /// `service` makes its calls as `caller`.
    pub(crate) fn new(
        service: Arc<dyn IdentityService>,
        caller: Arc<dyn ProvideCredentials>,
        agency: Agency,
    ) -> Self {
        Self {
            service,
            caller,
            agency,
        }
    }

    async fn assume(&self) -> Result<Credentials, CredentialsError> {
        // Asked here too: why the caller itself has none is told as it is, and where its IAM is
        // has to be known for the keys' own calls.
        let caller = self.caller.provide().await?;
        let failed = |error| CredentialsError::Agency(Box::new(error));
        let keys = self.service.assume(&self.agency).await.map_err(failed)?;
        let mut credentials = Credentials::aksk(keys.access_key.expose(), keys.secret_key.expose())
            .security_token(keys.security_token.expose());
        if let Some(text) = &keys.expires_at {
            let moment = parse_moment(text).ok_or_else(|| {
                failed(IdentityError::unusable(
                    "`credential.expires_at` is not a time like 2030-01-31T12:00:00.000000Z",
                ))
            })?;
            credentials = credentials.expires_at(moment);
        }
        if let Some(url) = caller.iam() {
            credentials = credentials.iam_endpoint(url);
        }
        Ok(credentials)
    }
}

impl ProvideCredentials for AgencyProvider {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.assume())
    }

    fn kind(&self) -> &'static str {
        "agency"
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::super::{IdentityFuture, Passcode, Project, SignIn, SignedIn};
    use super::*;

    /// Gives the same keys every time, with this end.
    #[derive(Debug)]
    struct Giving(Option<&'static str>);

    impl IdentityService for Giving {
        fn sign_in<'a>(
            &'a self,
            _user: &'a SignIn,
            _passcode: Option<Passcode>,
        ) -> IdentityFuture<'a, SignedIn> {
            Box::pin(std::future::ready(Err(IdentityError::unusable("not here"))))
        }

        fn assume<'a>(&'a self, _agency: &'a Agency) -> IdentityFuture<'a, TemporaryKeys> {
            let mut keys = TemporaryKeys::new("AK".into(), "SK".into(), "ST".into());
            keys.expires_at = self.0.map(str::to_owned);
            Box::pin(std::future::ready(Ok(keys)))
        }

        fn projects<'a>(&'a self, _name: &'a str) -> IdentityFuture<'a, Vec<Project>> {
            Box::pin(std::future::ready(Err(IdentityError::unusable("not here"))))
        }
    }

    async fn keys(
        end: Option<&'static str>,
        caller: Credentials,
    ) -> Result<Credentials, CredentialsError> {
        let agency = Agency::new("account", "agency");
        let provider = AgencyProvider::new(Arc::new(Giving(end)), Arc::new(caller), agency);
        provider.provide().await
    }

    #[tokio::test]
    async fn keys_end_when_iam_says_and_keep_the_address_of_iam_only() {
        let caller = Credentials::aksk("own", "own")
            .project_id("own")
            .domain_id("own")
            .iam_endpoint("https://iam.example.com");
        let given = keys(Some("2030-01-31T12:00:00.678000Z"), caller)
            .await
            .unwrap();
        let end = SystemTime::UNIX_EPOCH + Duration::from_secs(1_896_091_200);
        assert_eq!(given.expiry(), Some(end));
        assert_eq!(given.iam(), Some("https://iam.example.com"));
        assert_eq!((given.project(), given.domain()), (None, None));
        let secrets: Vec<_> = given.secrets().collect();
        assert_eq!(secrets, ["AK", "SK", "ST"]);

        let caller = || Credentials::aksk("own", "own");
        assert_eq!(keys(None, caller()).await.unwrap().expiry(), None);
        let error = keys(Some("tomorrow"), caller()).await.unwrap_err();
        assert!(
            error.to_string().contains("credential.expires_at"),
            "{error}"
        );
    }
}
