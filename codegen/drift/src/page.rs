//! What a page claims, or the files of one operation together, in the words in which a document claims
//! it.

mod announced;
mod dispute;
mod documented;
mod field;
mod files;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use huaweicloud_pages::block::Lines;
use huaweicloud_pages::facts::{
    CellOutcome, Contradiction, Fact, FactSource, Facts, FieldFacts, FieldLocation, IamRow,
    SourceFile, SourceKind,
};
use huaweicloud_pages::form::Form;

use huaweicloud_pages::{says_no_default, says_no_values};

use crate::claim::{
    Aspect, ClaimValue, Claims, ParameterLocation, Rename, Subject, SubjectClaims, renamed,
};
use crate::foreign;
use crate::lock::Review;
use crate::pair::{Pairing, shown};
use announced::{lost_list, only_default_follows};
pub use dispute::Dispute;
pub(crate) use field::field_claims;
use field::{lines, say_field, say_flag};
pub(crate) use words::{ChangedWords, are_same, says, telling_line};
use words::{mark_of, mark_of_lines};

/// How much of what a source says goes into a contradiction: the lock keeps facts, not sentences.
const LONGEST_WORDS: usize = 100;

/// The formats that tell how wide a number is.
const WIDTHS: [&str; 4] = ["int32", "int64", "float", "double"];

/// The words about one subject.
#[derive(Debug, Clone)]
struct SaidInWords {
    /// What the files of each form say.
    texts: Vec<(Form, String)>,
    /// The pieces of that, with their places.
    told: Vec<(String, Lines)>,
}

/// A page that was paired with an operation.
#[derive(Debug, Clone, Default)]
pub struct PageClaims {
    /// What it says.
    pub claims: Claims<Lines>,
    /// What of it could not be read, and where.
    pub unreadable: Vec<(String, Lines)>,
    /// What is said of fields and is no fact about them, and where.
    pub left_out: Vec<(String, Lines)>,
    /// Where it disagrees with itself.
    pub disputes: Vec<Dispute>,
    /// The responses for which it has fields.
    responses_with_fields: Vec<String>,
    /// Whether it lists its statuses, and does not only name some on the way.
    lists_statuses: bool,
    /// The last place of that list.
    pub(crate) status_list: Option<Lines>,
    /// Whether it is a definition, which has no place for what only prose says.
    is_definition: bool,
    /// Whether one of its files is a definition that was read whole, whatever of the others was not.
    pub(crate) has_whole_definition: bool,
    /// Whether a file is missing that was read beside it at the review, so that what only that said
    /// is not found.
    pub(crate) lacks_a_file: bool,
    /// What must be given under a condition alone, as far as the page tells.
    pub(crate) conditional: BTreeSet<Subject>,
    /// Of what the type is a word that stands for none.
    unknown_types: BTreeSet<Subject>,
    /// Of what the values it gives are all that is left of a list which nobody knows from the page alone.
    rests: BTreeSet<Subject>,
    /// Its files, the first witness first.
    files: Vec<SourceFile>,
    /// Which of its files are of a kind that was not read at the review.
    new_files: Vec<usize>,
    /// What is said of each subject in words, which is looked through and never shown.
    words: BTreeMap<Subject, SaidInWords>,
    /// The values that its examples show.
    shown: BTreeSet<(Subject, String)>,
}

impl PageClaims {
    /// Brings the facts of a page into the vocabulary of claims.
    ///
    /// Parameters of the path get the names that the operation has for them, and the response of a
    /// page that names no status becomes the operation's one success.
    pub fn of(facts: &Facts, pairing: &Pairing) -> Self {
        let mut page = PageClaims {
            is_definition: is_definition(facts),
            files: facts.files.clone(),
            ..PageClaims::default()
        };
        page.operation(facts, pairing);
        for (place, field) in &facts.parameters {
            let name = field.path.clone();
            let subject = match place {
                FieldLocation::Path => Subject::Parameter(ParameterLocation::Path, name),
                FieldLocation::Query => Subject::Parameter(ParameterLocation::Query, name),
                FieldLocation::Header => Subject::Parameter(ParameterLocation::Header, name),
                FieldLocation::Body => Subject::Field(name),
            };
            page.field(pairing.subject(subject), field);
        }
        let mut told = 0;
        for status in &facts.statuses {
            let on_the_way = [SourceKind::Prose, SourceKind::Example, SourceKind::Heading];
            let mut sources = status.sources.iter();
            let first = sources.find(|it| !on_the_way.contains(&it.kind));
            told += usize::from(first.is_some());
            // One that stands by itself above a table is no list; a definition has all there are.
            let is_listed = |it: &FactSource| {
                it.kind == SourceKind::Definition
                    || it.cell.is_some() && !on_the_way.contains(&it.kind)
            };
            page.lists_statuses |= told > 1 || status.sources.iter().any(is_listed);
            let mut listed = status.sources.iter();
            let listed = listed.find(|it| it.kind == SourceKind::StatusList);
            page.status_list = listed.map(|it| it.lines).max(page.status_list);
            let at = lines(&status.sources);
            let status = pairing.status(&status.value);
            page.claims.entry(Subject::Status(status), || at);
        }
        for response in &facts.responses {
            let status = pairing.status(&response.status);
            if status != "?" {
                let at = lines(&response.named);
                page.claims.entry(Subject::Status(status.clone()), || at);
            }
            for field in &response.fields {
                page.field(Subject::Response(status.clone(), field.path.clone()), field);
            }
            if !response.fields.is_empty() {
                page.responses_with_fields.push(status);
            }
        }
        page.texts(facts, pairing);
        page.examples(facts, pairing);
        page.trouble(facts, pairing);
        page
    }

    /// The page in the names of the document, as far as they are known to be the same.
    pub(crate) fn renamed(&self, renames: &[Rename]) -> Self {
        let to = |subject: &Subject| renamed(subject, renames);
        let mut page = self.clone();
        page.claims = self.claims.mapped(to);
        let words = self.words.iter();
        page.words = words.map(|(it, words)| (to(it), words.clone())).collect();
        page.conditional = self.conditional.iter().map(to).collect();
        page.unknown_types = self.unknown_types.iter().map(to).collect();
        page.rests = self.rests.iter().map(to).collect();
        let shown = self.shown.iter();
        page.shown = shown.map(|(it, value)| (to(it), value.clone())).collect();
        for dispute in &mut page.disputes {
            dispute.about = dispute.about.take().map(|(it, aspect)| (to(&it), aspect));
        }
        page
    }

    /// The page as it was when it was reviewed. It has no lines any more.
    pub fn reviewed(review: &Review) -> Self {
        let nowhere = Lines::of(1);
        let mut page = Self::default();
        let mut statuses = 0;
        for (subject, facts) in &review.facts {
            let entry = page.claims.entry(subject.clone(), || nowhere);
            for (aspect, value) in facts {
                entry.say(*aspect, value.clone(), nowhere);
            }
            match subject {
                Subject::Status(_) => statuses += 1,
                Subject::Response(status, _) => page.responses_with_fields.push(status.clone()),
                Subject::Unreadable => page.unreadable.push((String::new(), nowhere)),
                Subject::Contradiction(about) => {
                    let says = ClaimValue::items_of(facts.get(&Aspect::Present));
                    let second = says.last().map_or("", String::as_str);
                    let dispute = Dispute::new(about, second, nowhere, &Pairing::default());
                    page.disputes.push(dispute);
                }
                _ => {}
            }
        }
        // The record does not tell a list from a status on the way, of which there is one.
        page.lists_statuses = statuses > 1;
        page
    }

    fn operation(&mut self, facts: &Facts, pairing: &Pairing) {
        let route = pairing.route.and_then(|index| facts.routes.get(index));
        let route = route.or(facts.routes.first());
        let at = route.map(|route| lines(&route.sources));
        let at = at.or_else(|| facts.title.as_ref().map(|title| lines(&title.sources)));
        let at = at.unwrap_or(Lines::of(1));
        let entry = self.claims.entry(Subject::Operation, || at);
        if let Some(route) = route {
            entry.say(Aspect::Route, ClaimValue::one(shown(&route.value)), at);
        }
        let further = pairing.further.iter();
        let further = further.filter_map(|it| facts.routes.get(*it));
        say_each(entry, Aspect::Routes, further, shown);
        say_flag(entry, Aspect::Deprecated, facts.deprecated.as_ref());
        say_flag(entry, Aspect::Asynchronous, facts.asynchronous.as_ref());
        let own = pairing.action.as_deref();
        let row = own.and_then(|own| facts.iam.iter().find(|row| row.value.action == own));
        if let Some(row) = row.or(facts.iam.first()) {
            iam(entry, row);
            let own = &row.value.action;
            let others = facts.iam.iter().filter(|it| it.value.action != *own);
            say_each(entry, Aspect::Actions, others, |it| it.action.clone());
        }
    }

    /// What is said of the operation and of each status in words.
    fn texts(&mut self, facts: &Facts, pairing: &Pairing) {
        let name = facts.operation.as_ref().map(|it| it.value.as_str());
        let titles = facts.title.iter().map(|it| (&None, it));
        let texts = facts.texts.iter().map(|(about, said)| (about, said));
        let mut all: BTreeMap<Subject, Vec<(String, Lines)>> = BTreeMap::new();
        for (about, said) in titles.chain(texts) {
            let subject = match about {
                Some(status) => Subject::Status(pairing.status(status)),
                None => Subject::Operation,
            };
            // The number of a status and the name of an operation are compared as such.
            let is_title = facts.title.as_ref() == Some(said);
            let words = match about {
                Some(status) => said.value.strip_prefix(status.as_str()),
                None => name.and_then(|it| said.value.strip_suffix(it).filter(|_| is_title)),
            };
            let signs = [' ', '-', '–', '—', ':', '：'];
            let words =
                words.filter(|it| it.is_empty() || it.starts_with(signs) || it.ends_with(signs));
            let words = words.map(|it| it.trim_matches(signs));
            let words = words.unwrap_or(&said.value).to_owned();
            let told = all.entry(subject).or_default();
            told.push((words, lines(&said.sources)));
        }
        for (subject, told) in all {
            self.say_words(&subject, told.into_iter());
        }
    }

    /// Takes what is said of a subject in words, of which the first that are said count.
    fn say_words(&mut self, subject: &Subject, told: impl Iterator<Item = (String, Lines)>) {
        let told: Vec<_> = told.filter(|it| !it.0.is_empty()).collect();
        let Some((_, at)) = told.first() else {
            return;
        };
        let mut texts: Vec<(Form, String)> = Vec::new();
        for (words, at) in &told {
            let form = self.files.get(at.file).map_or(Form::Plain, |it| it.form);
            match texts.iter_mut().find(|it| it.0 == form) {
                Some((_, text)) => {
                    text.push_str("\n\n");
                    text.push_str(words);
                }
                None => texts.push((form, words.clone())),
            }
        }
        if let (true, Some(entry)) = (at.file < self.files.len(), self.claims.get_mut(subject)) {
            entry.say(Aspect::Words, mark_of(&texts), *at);
        }
        let said = SaidInWords { texts, told };
        self.words.entry(subject.clone()).or_insert(said);
    }

    /// What is said of a subject in words, by the first that says anything.
    fn words_of(&self, subject: &Subject) -> Option<&str> {
        let texts = &self.words.get(subject)?.texts;
        texts.first().map(|it| it.1.as_str())
    }

    /// Whether the words about a subject stand in text that a page was rendered to, which loses lists.
    fn is_rendered_text(&self, subject: &Subject) -> bool {
        let place = self.words.get(subject).and_then(|it| it.told.first());
        let file = place.and_then(|(_, at)| self.files.get(at.file));
        file.is_some_and(|it| matches!(it.form, Form::Pipe | Form::Plain))
    }

    /// Where a clause of the words about a subject stands.
    pub(crate) fn place_of(&self, subject: &Subject, clause: &str) -> Option<Lines> {
        let told = &self.words.get(subject)?.told;
        let find = |words: &str| {
            told.iter()
                .find_map(|(text, at)| Some((text, at, text.find(words)?)))
        };
        // One that goes on over lines, or over texts, stands where it says something.
        let line = telling_line(clause);
        let whole = |(text, at, byte)| Some((text, at, byte + clause.find(line)?));
        let apart = || {
            told.iter()
                .find(|it| it.0.trim() == line)
                .map(|it| (&it.0, &it.1, 0))
        };
        let found = find(clause).and_then(whole).or_else(apart);
        let (text, at, byte) = found.or_else(|| find(line))?;
        let breaks = text.matches('\n').count();
        let line = at.first + text.get(..byte)?.matches('\n').count();
        // Where no line of it was joined with another.
        let is_whole = breaks > 0 && at.first + breaks == at.last;
        Some(if is_whole {
            Lines {
                file: at.file,
                ..Lines::of(line)
            }
        } else {
            *at
        })
    }

    fn field(&mut self, subject: Subject, field: &FieldFacts) {
        if field.is_required_in_cases() {
            self.conditional.insert(subject.clone());
        }
        let named = lines(&field.named);
        let entry = self.claims.entry(subject.clone(), || named);
        say_field(entry, field);
        if field.type_.is_some() && !entry.says(Aspect::Type) {
            self.unknown_types.insert(subject.clone());
        }
        let told = field.description.iter().chain(&field.remarks);
        let told = told.map(|it| (it.value.clone(), lines(&it.sources)));
        // No fact is made of a format, so that it is only told to have changed; how wide a number is
        // goes with its type.
        let is_told = |it: &&Fact<_>| {
            let format: &serde_json::Value = &it.value;
            format.as_str().is_none_or(|it| !WIDTHS.contains(&it))
        };
        let format = field.keyword("format").filter(is_told).map(|it| {
            let word = foreign::line(&it.value.to_string(), LONGEST_WORDS);
            (word, lines(&it.sources))
        });
        self.say_words(&subject, told.chain(format));
    }

    /// Where the page disagrees with itself, and what of it could not be read.
    fn trouble(&mut self, facts: &Facts, pairing: &Pairing) {
        for found in &facts.contradictions {
            let (first, source) = &found.first;
            let (second, other) = &found.second;
            let at = source.lines;
            let dispute = Dispute::new(&found.about, second, other.lines, pairing);
            // Two names of one field are one question, of the first.
            let mut told = facts.contradictions.iter().take_while(|it| *it != found);
            let twin = told.find(|it| is_of_two_names(it, found));
            let name = twin.map_or(&found.about, |it| &it.about);
            let name = Subject::Contradiction(name.clone());
            self.disputes.push(Dispute {
                name: name.clone(),
                is_between_files: at.file != other.lines.file,
                ..dispute
            });
            let entry = self.claims.entry(name, || at);
            let says = [first, second].map(|it| foreign::line(it, LONGEST_WORDS));
            entry.say(Aspect::Present, ClaimValue::Many(says.to_vec()), at);
        }
        self.left_out = facts.left_out.clone();
        self.unreadable = unreadable(facts);
        self.unreadable.sort_by_key(|(_, at)| *at);
        let mut files = facts.files.iter().enumerate();
        self.has_whole_definition = files.any(|(index, file)| {
            let is_lost = self.unreadable.iter().any(|(_, at)| at.file == index);
            file.is_definition() && !is_lost
        });
        if let Some((_, at)) = self.unreadable.first() {
            let places = match self.unreadable.len() {
                1 => "1 place".to_owned(),
                count => format!("{count} places"),
            };
            // Whoever accepts it says what is in it now.
            let mark = mark_of_lines(&facts.unreadable_lines);
            let at = *at;
            let entry = self.claims.entry(Subject::Unreadable, || at);
            entry.say(Aspect::Present, ClaimValue::Many(vec![places, mark]), at);
        }
    }

    /// Whether a page that does not have a status, or what is in it, thereby takes nothing away: it
    /// never lists them. One that has no field of any response has lost them.
    pub fn takes_no_status_away(&self, subject: &Subject) -> bool {
        let (Subject::Status(status) | Subject::Response(status, _)) = subject else {
            return false;
        };
        let is_field = |subject: &Subject| matches!(subject, Subject::Response(..));
        if is_field(subject) && !self.claims.any(is_field) {
            return false;
        }
        let is_named = self.claims.has(&Subject::Status(status.clone()));
        !is_named && !self.lists_statuses
    }

    /// What changed in the words about a subject since they had a mark.
    pub(crate) fn changed_words(
        &self,
        subject: &Subject,
        before: &ClaimValue,
    ) -> Option<ChangedWords<'_>> {
        ChangedWords::since(before, &self.words.get(subject)?.texts)
    }

    /// Whether the type of a subject is a word that stands for none.
    pub(crate) fn has_unknown_type(&self, subject: &Subject) -> bool {
        self.unknown_types.contains(subject)
    }

    /// Whether a clause of the words about a subject has a value.
    pub(crate) fn says(&self, subject: &Subject, value: &str) -> bool {
        self.words_of(subject).is_some_and(|it| says(it, value))
    }

    /// Whether a value that is not among the facts of a page stands in its words all the same, so that
    /// a list that its form ran together is not taken for one that is gone. `known` is what else is
    /// known of the subject where the value is from.
    fn mentions(
        &self,
        subject: &Subject,
        aspect: Aspect,
        known: &dyn Fn(Aspect) -> Option<ClaimValue>,
    ) -> bool {
        let Some(words) = self.words_of(subject) else {
            return false;
        };
        let holds = |aspect| {
            let value = known(aspect);
            let items = ClaimValue::items_of(value.as_ref());
            !items.is_empty() && items.iter().all(|it| words.contains(it.as_str()))
        };
        match aspect {
            Aspect::Enum => known(aspect).is_some_and(|it| it.items().len() > 1) && holds(aspect),
            Aspect::PasswordSpecials => holds(aspect),
            // Rules go together: those with both lengths are there, however text cut the list.
            Aspect::PasswordMin | Aspect::PasswordMax | Aspect::PasswordKinds => {
                self.is_rendered_text(subject)
                    && self.claims.said(subject, Aspect::PasswordMin).is_none()
                    && holds(Aspect::PasswordMin)
                    && holds(Aspect::PasswordMax)
            }
            _ => false,
        }
    }

    /// Whether a fact that is not found stays what it was: nothing can be told from the silence, or its
    /// values are mentioned all the same.
    pub fn keeps(
        &self,
        subject: &Subject,
        aspect: Aspect,
        known: &dyn Fn(Aspect) -> Option<ClaimValue>,
    ) -> bool {
        self.may_have_lost()
            || self.is_silent_about(subject, aspect)
            || self.mentions(subject, aspect, known)
    }

    /// Whether the form of the page lost the list in which a field would say something.
    fn lost_a_list(&self, subject: &Subject, aspect: Aspect) -> bool {
        let Some(words) = self.words_of(subject) else {
            return aspect == Aspect::Equals;
        };
        let entry = self.claims.get(subject).filter(|_| aspect == Aspect::Enum);
        let default = entry.and_then(|it| it.one(Aspect::Default));
        let is_lost =
            || lost_list(words) || default.is_some_and(|it| only_default_follows(words, it));
        let is_denied = || match aspect {
            Aspect::Default => says_no_default(words),
            Aspect::Equals => false,
            _ => says_no_values(words),
        };
        is_lost() && !is_denied()
    }

    /// Whether what is not found may be where nobody could read, accepted or not: a reviewer who
    /// accepts that part says what is in it now, not what will be in it later.
    pub fn may_have_lost(&self) -> bool {
        self.lacks_a_file || !self.unreadable.is_empty()
    }

    /// Whether a page that does not mention a fact thereby says nothing about it: it has no
    /// column for it, no table where it would stand, or lost the list that would have it.
    pub fn is_silent_about(&self, subject: &Subject, aspect: Aspect) -> bool {
        if aspect.is_of_prose() && self.lost_a_list(subject, aspect) {
            return true;
        }
        match (subject, aspect) {
            (_, aspect) if self.is_definition && aspect.is_of_prose_alone() => true,
            (_, Aspect::Type | Aspect::Required | Aspect::Secret) => true,
            // Its route names it.
            (Subject::Parameter(ParameterLocation::Path, _), Aspect::Present) => true,
            (Subject::Status(_), _) => !self.lists_statuses,
            (Subject::Response(status, _), Aspect::Present) => {
                !self.responses_with_fields.contains(status)
            }
            _ => false,
        }
    }
}

/// What could not be read, and where, the cells of tables behind all else.
pub(crate) fn unreadable(facts: &Facts) -> Vec<(String, Lines)> {
    let cells = facts.ledger.cells.iter();
    let cells = cells.filter_map(|(_, at, outcome)| match outcome {
        CellOutcome::Unreadable(why) => Some((why.clone(), *at)),
        _ => None,
    });
    facts.unreadable.iter().cloned().chain(cells).collect()
}

/// Whether two contradictions are about the two names that a table and an example have for one field.
fn is_of_two_names(first: &Contradiction, second: &Contradiction) -> bool {
    let names = |it: &Contradiction, other: &Contradiction| {
        let name = other.about.rsplit(' ').next().unwrap_or_default();
        let mut words = it.first.0.split(' ').chain(it.second.0.split(' '));
        words.any(|word| word == name)
    };
    (&first.first.1, &first.second.1) == (&second.first.1, &second.second.1)
        && names(first, second)
        && names(second, first)
}

/// Whether all that was read is a definition, or several.
fn is_definition(facts: &Facts) -> bool {
    let sources = facts.routes.iter().flat_map(|it| &it.sources);
    let mut kinds = sources.map(|it| it.kind).peekable();
    kinds.peek().is_some()
        && kinds.all(|it| it == SourceKind::Definition)
        && facts.files.iter().all(SourceFile::is_definition)
}

/// Says all that several facts say together, where the first of them does.
fn say_each<'f, T: 'f>(
    entry: &mut SubjectClaims<Lines>,
    aspect: Aspect,
    facts: impl Iterator<Item = &'f Fact<T>> + Clone,
    word: impl Fn(&T) -> String,
) {
    if let Some(first) = facts.clone().next() {
        let words = facts.map(|it| word(&it.value)).collect();
        entry.say(aspect, ClaimValue::Many(words), lines(&first.sources));
    }
}

fn iam(entry: &mut SubjectClaims<Lines>, row: &Fact<IamRow>) {
    // The cells of the row, in this order.
    let at = |index: usize| {
        row.sources
            .get(index)
            .map_or(lines(&row.sources), |it| it.lines)
    };
    let row = &row.value;
    entry.say(Aspect::Action, ClaimValue::one(&row.action), at(0));
    let access = row.access.as_ref().map(|it| it.to_lowercase());
    let further = [
        (Aspect::Access, access.map(ClaimValue::One)),
        (Aspect::Resource, row.resource.as_ref().map(ClaimValue::one)),
        (Aspect::Conditions, ClaimValue::many(&row.conditions)),
        (Aspect::Alias, ClaimValue::many(&row.alias)),
        (Aspect::Dependencies, ClaimValue::many(&row.dependencies)),
    ];
    for ((aspect, said), index) in further.into_iter().zip(1..) {
        if let Some(said) = said {
            entry.say(aspect, said, at(index));
        }
    }
}
