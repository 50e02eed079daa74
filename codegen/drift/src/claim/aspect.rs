//! What is said about a subject.

macro_rules! aspects {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $words:literal;)*) => {
        /// What is said about a subject. Those that belong together stand together.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Aspect {
            $($(#[$doc])* $name,)*
        }

        impl Aspect {
            /// Every aspect, in the order in which they are written down.
            pub const ALL: &[Aspect] = &[$(Aspect::$name),*];

            /// Its name in `docs.lock` and in reports.
            pub fn word(self) -> &'static str {
                match self { $(Aspect::$name => $word,)* }
            }

            /// Its name in a sentence.
            pub fn words(self) -> &'static str {
                match self { $(Aspect::$name => $words,)* }
            }
        }
    };
}

aspects! {
    /// That it is there at all.
    Present = "present", "presence";
    /// What it is called.
    Name = "name", "name";
    /// Method and path of the operation.
    Route = "route", "route";
    /// Routes that the page names besides, and that no operation of the documents has.
    Routes = "routes", "further routes";
    /// The action that IAM can grant for it.
    Action = "iam.action", "IAM action";
    /// The access level of that action.
    Access = "iam.access", "IAM access level";
    /// The resource type of that action.
    Resource = "iam.resource", "IAM resource type";
    /// The condition keys of that action.
    Conditions = "iam.conditions", "IAM condition keys";
    /// Other names of that action.
    Alias = "iam.alias", "IAM alias";
    /// Actions needed besides.
    Dependencies = "iam.dependencies", "IAM dependencies";
    /// Further actions that are listed for it.
    Actions = "iam.actions", "further IAM actions";
    /// Whether the work goes on after the response. The documents have no word for it.
    Asynchronous = "asynchronous", "asynchronous work";
    /// The kind of value.
    Type = "type", "type";
    /// Whether it must be given: `yes` or `no`.
    Required = "required", "requiredness";
    /// Whether it may be null.
    Nullable = "nullable", "nullability";
    /// Whether it is deprecated.
    Deprecated = "deprecated", "deprecation";
    /// The allowed values.
    Enum = "enum", "allowed values";
    /// The value it has when it is left out.
    Default = "default", "default";
    /// The least length in characters.
    LengthMin = "length.min", "least length";
    /// The greatest length in characters.
    LengthMax = "length.max", "greatest length";
    /// The least value.
    RangeMin = "range.min", "least value";
    /// The greatest value.
    RangeMax = "range.max", "greatest value";
    /// The least items of a list.
    MinItems = "items.min", "least items";
    /// The most items of a list.
    MaxItems = "items.max", "most items";
    /// The regular expression that it matches.
    Pattern = "pattern", "pattern";
    /// Whether it is a password, a key or the like.
    Secret = "secret", "secrecy";
    /// The least length of a password.
    PasswordMin = "password.min", "least length of the password";
    /// The greatest length of a password.
    PasswordMax = "password.max", "greatest length of the password";
    /// How many kinds of characters a password needs.
    PasswordKinds = "password.kinds", "kinds of characters in the password";
    /// Which kinds of characters those are, by the names of the documents.
    PasswordClasses = "password.classes", "list of kinds in the password";
    /// The special characters a password may have.
    PasswordSpecials = "password.specials", "special characters of the password";
    /// What a password must not be, as short names. The documents list words instead.
    PasswordForbids = "password.forbids", "forbidden passwords";
    /// A value by which the document goes in an extension of its own.
    Equals = "equals", "value that an extension goes by";
    /// The words about it, by a mark: which form they are in, and whether they are the same. The words
    /// themselves are kept nowhere.
    Words = "words", "words";
}

impl Aspect {
    /// The aspect of a name in `docs.lock`.
    pub fn parse(word: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|aspect| aspect.word() == word)
    }

    /// Whether the documents can say it.
    pub fn is_in_documents(self) -> bool {
        !matches!(
            self,
            Aspect::Routes | Aspect::Asynchronous | Aspect::PasswordForbids | Aspect::Words
        )
    }

    /// Whether any number of values may be said of it at once.
    pub(crate) fn is_list(self) -> bool {
        use Aspect::{Actions, Conditions, Enum, PasswordClasses, PasswordForbids, Routes};
        (Conditions..=Actions).contains(&self)
            || matches!(self, Routes | Enum | PasswordClasses | PasswordForbids)
    }

    /// Whether its values are `yes` and `no`.
    pub fn is_flag(self) -> bool {
        self.is_two_valued() || matches!(self, Aspect::Secret | Aspect::Asynchronous)
    }

    /// Whether pages say it in the words of a description.
    pub(crate) fn is_of_prose(self) -> bool {
        self.is_number()
            || matches!(
                self,
                Aspect::Enum
                    | Aspect::Default
                    | Aspect::Pattern
                    | Aspect::PasswordClasses
                    | Aspect::PasswordSpecials
                    | Aspect::PasswordForbids
                    | Aspect::Equals
            )
    }

    /// Whether the words of a description can say it, and no cell of its own alone.
    pub(crate) fn is_said_in_words(self) -> bool {
        self.is_of_prose() || matches!(self, Aspect::Deprecated | Aspect::Nullable)
    }

    /// Whether it is of the row that IAM has for an operation.
    pub(crate) fn is_of_iam(self) -> bool {
        (Aspect::Action..=Aspect::Actions).contains(&self)
    }

    /// Whether it is of one action, and no further one.
    pub(crate) fn is_of_iam_row(self) -> bool {
        self.is_of_iam() && self != Aspect::Actions
    }

    /// Whether a definition has no word for it, so that only the prose of a page has it.
    pub(crate) fn is_of_prose_alone(self) -> bool {
        self.is_of_iam() || self == Aspect::Asynchronous || self.is_rule_of_password()
    }

    /// Whether it is a rule that passwords have to keep, which pages say in many ways.
    pub(crate) fn is_rule_of_password(self) -> bool {
        (Aspect::PasswordMin..=Aspect::PasswordForbids).contains(&self)
    }

    /// Whether it says which values a field takes, so that a field is known by it.
    pub(crate) fn says_values(self) -> bool {
        (Aspect::Enum..=Aspect::Secret).contains(&self)
    }

    /// Whether it bounds a value, in the way of its type.
    pub(crate) fn is_bound(self) -> bool {
        (Aspect::LengthMin..=Aspect::MaxItems).contains(&self)
    }

    /// What says the same thing of a password: the length of its field, and the rule.
    pub(crate) fn equivalent(self) -> Option<Aspect> {
        self.other_of(&[
            (Aspect::LengthMin, Aspect::PasswordMin),
            (Aspect::LengthMax, Aspect::PasswordMax),
        ])
    }

    /// The other end of what it bounds.
    pub(crate) fn other_end(self) -> Option<Aspect> {
        self.other_of(&[
            (Aspect::LengthMin, Aspect::LengthMax),
            (Aspect::RangeMin, Aspect::RangeMax),
            (Aspect::MinItems, Aspect::MaxItems),
            (Aspect::PasswordMin, Aspect::PasswordMax),
        ])
    }

    fn other_of(self, pairs: &[(Aspect, Aspect)]) -> Option<Aspect> {
        let both = pairs
            .iter()
            .flat_map(|(one, other)| [(one, other), (other, one)]);
        let mut both = both.filter(|it| *it.0 == self);
        both.next().map(|it| *it.1)
    }

    /// Whether its values are numbers.
    pub fn is_number(self) -> bool {
        self.is_bound() || (Aspect::PasswordMin..=Aspect::PasswordKinds).contains(&self)
    }

    /// Whether it has two values only, so that a change turns it into its opposite.
    pub fn is_two_valued(self) -> bool {
        (Aspect::Required..=Aspect::Deprecated).contains(&self)
    }
}
