//! The id of a project, asked of IAM once.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::{IdentityService, Project, ProjectIdError};
use crate::check;
use crate::credential::Credentials;

/// How long a failure is believed before IAM is asked again; doubled with each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How many keys are remembered; tokens change, and a client that runs for years must not grow.
const REMEMBERED: usize = 64;

/// Finds project ids and remembers them by key and name, in memory.
///
/// However many ask at once, IAM is asked once: the others wait for the response, a failure too.
pub(crate) struct ProjectIds {
    service: Arc<dyn IdentityService>,
    known: Mutex<HashMap<Key, Known>>,
}

/// Which credentials, without the credentials themselves, and which project.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    credentials: [u8; 32],
    name: String,
}

#[derive(Debug)]
enum Known {
    Found(String),
    Failed {
        error: ProjectIdError,
        since: Instant,
        pause: Duration,
    },
}

impl ProjectIds {
    pub(crate) fn new(service: Arc<dyn IdentityService>) -> Self {
        Self {
            service,
            known: Mutex::default(),
        }
    }

    /// The id of the project of this name; that of a region's own is the region's.
    pub(crate) async fn find(
        &self,
        credentials: &Credentials,
        name: &str,
    ) -> Result<String, ProjectIdError> {
        let key = Key {
            credentials: Sha256::digest(credentials.identity()).into(),
            name: name.to_owned(),
        };
        // Held while IAM is asked, which is what makes the others wait.
        let mut known = self.known.lock().await;
        let last_pause = match known.get(&key) {
            Some(Known::Found(id)) => return Ok(id.clone()),
            Some(Known::Failed {
                error,
                since,
                pause,
            }) => {
                if since.elapsed() < *pause {
                    return Err(error.clone());
                }
                Some(*pause)
            }
            None => None,
        };
        let found = self.ask(name).await;
        if known.len() >= REMEMBERED && !known.contains_key(&key) {
            known.clear();
        }
        let entry = match &found {
            Ok(id) => Known::Found(id.clone()),
            Err(error) => Known::Failed {
                error: error.clone(),
                since: Instant::now(),
                pause: last_pause.map_or(FIRST_PAUSE, |pause| (pause * 2).min(LONGEST_PAUSE)),
            },
        };
        known.insert(key, entry);
        found
    }

    async fn ask(&self, name: &str) -> Result<String, ProjectIdError> {
        let name = name.to_owned();
        let projects = match self.service.projects(&name).await {
            Ok(projects) => projects,
            Err(error) => return Err(ProjectIdError::LookUp { name, error }),
        };
        // Whatever the query made of it, only the project of exactly this name is meant.
        let mut named = projects.into_iter().filter(|it| it.name == name);
        let Some(Project { id, .. }) = named.next() else {
            return Err(ProjectIdError::NotFound { name });
        };
        match named.count() {
            0 if check::identifier("project_id", &id).is_ok() => Ok(id),
            0 => Err(ProjectIdError::Unusable { name }),
            others => Err(ProjectIdError::Several {
                name,
                count: others + 1,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::{IdentityError, IdentityFuture, Passcode, SignIn, SignedIn};
    use super::*;

    /// Lists the same projects every time, after a while, and counts.
    #[derive(Debug)]
    struct Listing {
        projects: Result<Vec<Project>, IdentityError>,
        asked: AtomicUsize,
    }

    impl IdentityService for Listing {
        fn sign_in<'a>(
            &'a self,
            _user: &'a SignIn,
            _passcode: Option<Passcode>,
        ) -> IdentityFuture<'a, SignedIn> {
            Box::pin(std::future::ready(Err(IdentityError::unusable("not here"))))
        }

        fn projects<'a>(&'a self, _name: &'a str) -> IdentityFuture<'a, Vec<Project>> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            Box::pin(async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                self.projects.clone()
            })
        }
    }

    fn project(id: &str, name: &str) -> Project {
        Project {
            id: id.to_owned(),
            name: name.to_owned(),
        }
    }

    fn ids(projects: Result<Vec<Project>, IdentityError>) -> (Arc<Listing>, Arc<ProjectIds>) {
        let listing = Arc::new(Listing {
            projects,
            asked: AtomicUsize::new(0),
        });
        let service: Arc<dyn IdentityService> = listing.clone();
        (listing, Arc::new(ProjectIds::new(service)))
    }

    async fn ask_often(ids: &Arc<ProjectIds>, key: &'static str) -> Vec<Result<String, String>> {
        let calls: Vec<_> = (0..100)
            .map(|_| {
                let ids = Arc::clone(ids);
                tokio::spawn(async move {
                    let credentials = Credentials::aksk(key, "SK");
                    let found = ids.find(&credentials, "cn-north-4").await;
                    found.map_err(|error| error.to_string())
                })
            })
            .collect();
        let mut found = Vec::new();
        for call in calls {
            found.push(call.await.unwrap());
        }
        found
    }

    #[tokio::test(start_paused = true)]
    async fn a_hundred_callers_ask_once_for_each_key() {
        let (listing, ids) = ids(Ok(vec![
            project("0123", "cn-north-4"),
            project("4567", "cn-north-4_team"),
        ]));
        for (key, asked) in [("AK1", 1), ("AK2", 2), ("AK1", 2)] {
            let found = ask_often(&ids, key).await;
            assert!(found.iter().all(|id| id.as_deref() == Ok("0123")));
            assert_eq!(listing.asked.load(Ordering::Relaxed), asked);
        }
        let credentials = Credentials::aksk("AK1", "SK");
        let other = ids.find(&credentials, "cn-north-4_team").await;
        assert_eq!(other.unwrap(), "4567");
    }

    #[tokio::test(start_paused = true)]
    async fn none_several_and_unusable_are_errors() {
        for (projects, part) in [
            (vec![], "no project called `cn-north-4`"),
            (vec![project("1", "cn-north-1")], "no project called"),
            (
                vec![project("1", "cn-north-4"), project("2", "cn-north-4")],
                "2 projects called `cn-north-4`",
            ),
            (vec![project("../x", "cn-north-4")], "cannot be part"),
        ] {
            let (_, ids) = ids(Ok(projects));
            let credentials = Credentials::token("T");
            let error = ids.find(&credentials, "cn-north-4").await.unwrap_err();
            assert!(error.to_string().contains(part), "{error}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_shared_and_believed_for_a_while() {
        let (listing, ids) = ids(Err(IdentityError::unusable("it rains")));
        let found = ask_often(&ids, "AK").await;
        assert!(
            found
                .iter()
                .all(|it| it.as_ref().is_err_and(|it| it.contains("it rains")))
        );
        assert_eq!(listing.asked.load(Ordering::Relaxed), 1);
        tokio::time::advance(Duration::from_millis(1_001)).await;
        ask_often(&ids, "AK").await;
        assert_eq!(listing.asked.load(Ordering::Relaxed), 2);
        // The second pause is twice the first.
        tokio::time::advance(Duration::from_millis(1_500)).await;
        ask_often(&ids, "AK").await;
        assert_eq!(listing.asked.load(Ordering::Relaxed), 2);
    }
}
