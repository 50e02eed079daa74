//! The builder of an operation: what it keeps, how it is set, and how it is sent.

/// Declares one: arguments of the path in parentheses, the project where the path has one, what the
/// call gives, and a setter for everything else: `name: kept` or `name: kept = what is taken`.
///
/// `download` behind the two types leaves the body of a success to be read as it comes;
/// `download("application/zip" as left, "application/json" as held)` tells by its media type.
///
/// The module has the facts of the operation as `OPERATION`; the builder gets `request`, which checks
/// everything and builds the request, and `read`, which sorts the responses.
#[doc(hidden)]
#[allow(clippy::crate_in_macro_def, reason = "the client's own crate is meant")]
#[macro_export]
macro_rules! call_builder {
    (
        $(#[$attr:meta])*
        pub struct $name:ident($($argument:ident: $given:ty),*) $(in $project:ident)?
            -> $output:ty, $failure:ty $(, $how:ident $(($($media:literal as $place:ident),*))?)?
        {
            $($(#[$doc:meta])* $field:ident: $kept:ty $(= $taken:ty)?,)*
        }
    ) => {
        $(#[$attr])*
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `send` is awaited"]
        pub struct $name {
            client: crate::Client,
            $($project: Option<String>,)?
            $($argument: $given,)*
            $($field: Option<$kept>,)*
        }

        impl $name {
            #[allow(clippy::self_named_constructors, reason = "named as the document names it")]
            #[allow(clippy::too_many_arguments, reason = "as many as the document asks for")]
            pub(super) fn new(client: crate::Client $(, $argument: $given)*) -> Self {
                Self {
                    client,
                    $($project: None,)?
                    $($argument,)*
                    $($field: None,)*
                }
            }

            $(
                $(#[$doc])*
                pub fn $field(mut self, value: $crate::call_builder!(@taken $kept $(, $taken)?)) -> Self {
                    self.$field = Some(value.into());
                    self
                }
            )*

            $(
                /// The project id of this call, in place of the client's.
                pub fn $project(mut self, value: impl Into<String>) -> Self {
                    self.$project = Some(value.into());
                    self
                }
            )?

            /// What this call does differently from the client's others: time limits, retries,
            /// further headers. Given twice, what the later sets counts.
            pub fn call_options(mut self, options: crate::runtime::CallOptions) -> Self {
                self.client = self.client.with_options(&options);
                self
            }

            /// Checks the request, signs it, sends it and reads the response.
            ///
            /// # Errors
            /// [`Error`](crate::Error) says whether anything was sent, how the service responded,
            /// and whether the request may have been processed.
            pub async fn send(
                self,
            ) -> Result<crate::runtime::Response<$output>, crate::runtime::Error<$failure>> {
                let request = self.request()?;
                let core = self.client.core();
                let project = $crate::call_builder!(@project self $(, $project)?);
                let sent = $crate::call_builder!(@send core, project, request $(, $how $($($media $place)*)?)?);
                Self::read(sent.await?)
            }
        }

        impl crate::runtime::Call for $name {
            type Output = $output;
            type Failure = $failure;
            type Credentials = crate::runtime::CredentialsError;

            async fn send(
                self,
            ) -> Result<crate::runtime::Response<$output>, crate::runtime::Error<$failure>> {
                Self::send(self).await
            }
        }
    };
    (@taken $kept:ty) => { $kept };
    (@taken $kept:ty, $taken:ty) => { $taken };
    (@send $core:ident, $project:ident, $request:ident) => {
        $core.execute(&OPERATION, $project, $request)
    };
    (@send $core:ident, $project:ident, $request:ident, download $($media:literal $place:ident)*) => {
        $core.download(&OPERATION, $project, $request, &[
            $(($media, $crate::call_builder!(@place $place))),*
        ])
    };
    (@place held) => { $crate::response::Kept::Held };
    (@place left) => { $crate::response::Kept::Left };
    (@project $call:ident) => { None };
    (@project $call:ident, $project:ident) => { $call.$project.as_deref() };
}
