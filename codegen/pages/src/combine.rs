//! The facts of several files about one operation, as one.
//!
//! The first witness is a definition: it is made for programs, and on 1,384 real ones not one fact
//! was read wrong. Structure, types and bounds are what it says. The second is the page, which loses
//! cells and says things twice: it fills what the definition leaves open (the rules of a password,
//! IAM, deprecation in prose, statuses, examples, whether a field must be given), and is the second
//! opinion on all else. Where the two differ, the facts follow the first and a [`Contradiction`] tells
//! of both. So nothing of a definition is lost, and nothing a page says goes unseen.
//!
//! What a definition does not say is no opinion, but for one thing: its schemas are whole, so that a
//! field which only the page has is kept and told as a contradiction.
//!
//! Words for people (title, descriptions) are the page's, as no program reads them. Several files of
//! one kind stand in the order of their names, so that the order they are given in changes nothing.

mod field;
mod place;
mod same;

use crate::block::Lines;
use crate::facts::{
    Contradiction, Fact, FactSource, Facts, FieldFacts, FieldLocation, ResponseFacts, Route,
    SourceFile, SourceKind,
};
use crate::form::Form;
use same::is_same_route;

pub use same::{is_another_call, is_same_operation};

/// The facts of files about one operation, in whatever order, as one.
///
/// Every source says of which of [`Facts::files`] it is. One file alone stays as it is.
#[must_use]
pub fn combine(mut all: Vec<Facts>) -> Facts {
    all.sort_by(|a, b| rank(a).cmp(&rank(b)));
    all.dedup();
    let mut all = all.into_iter();
    let Some(mut into) = all.next() else {
        return Facts::default();
    };
    for mut other in all {
        for facts in [&mut into, &mut other] {
            if facts.files.is_empty() {
                facts.files.push(SourceFile {
                    name: String::new(),
                    form: Form::Plain,
                });
            }
        }
        place::shift(&mut other, into.files.len());
        merge(&mut into, other);
    }
    into
}

/// The places of parameters, in the order they stand in.
const PLACES: [FieldLocation; 4] = [
    FieldLocation::Path,
    FieldLocation::Query,
    FieldLocation::Header,
    FieldLocation::Body,
];

/// What a file is as a witness: definitions before pages, and then by name.
fn rank(facts: &Facts) -> (bool, &[SourceFile]) {
    (!facts.is_definition(), &facts.files)
}

fn merge(into: &mut Facts, mut other: Facts) {
    let mut found = Differences::default();
    align(into, &mut other);
    let title = words(&mut into.title, other.title);
    other.texts.extend(title.map(|it| (None, it)));
    found.about = "operation".to_owned();
    found.settle("name", &mut into.operation, other.operation);
    known_or_new(&mut into.services, other.services, |a, b| a == b);
    found.settle("deprecation", &mut into.deprecated, other.deprecated);
    found.settle(
        "asynchronous work",
        &mut into.asynchronous,
        other.asynchronous,
    );
    let (statuses, responses) = (&mut other.statuses, &mut other.responses);
    success(&into.statuses, statuses, responses, &mut found);
    routes(&mut into.routes, other.routes, &mut found);

    into.body = into.body.take().or(other.body);
    let is_whole = into.is_definition();
    let at = into.routes.first().and_then(|it| it.sources.first());
    let at = at.filter(|_| is_whole).cloned();
    for place in PLACES {
        let about = format!("{} parameter", place.word());
        let of_it = |list: &mut Vec<(FieldLocation, FieldFacts)>| {
            let of_it = list.extract_if(.., |it| it.0 == place);
            of_it.map(|(_, field)| field).collect::<Vec<_>>()
        };
        let mut ours = of_it(&mut into.parameters);
        let theirs = of_it(&mut other.parameters);
        let body = match place {
            FieldLocation::Body => &mut into.body,
            _ => &mut None,
        };
        // What every call has in its headers is in no definition, and what is in the path is told by
        // the route.
        let is_told = matches!(place, FieldLocation::Query | FieldLocation::Body);
        let whole = at.as_ref().filter(|_| is_told);
        fields(&about, (&mut ours, body), theirs, whole, &mut found);
        let ours = ours.into_iter().map(|it| (place, it));
        into.parameters.extend(ours);
    }
    for response in other.responses {
        let known = into.responses.iter_mut();
        match known.into_iter().find(|it| it.status == response.status) {
            Some(ours) => {
                let about = format!("response {}", ours.status);
                // A response without a schema leaves its fields open.
                let at = ours.named.first().cloned();
                let whole = at.as_ref().filter(|_| is_whole && !ours.fields.is_empty());
                let own = (&mut ours.fields, &mut ours.body);
                fields(&about, own, response.fields, whole, &mut found);
                more(&mut ours.named, response.named);
                ours.body = ours.body.take().or(response.body);
                if ours.headers.is_empty() {
                    ours.headers = response.headers;
                }
            }
            None => into.responses.push(response),
        }
    }
    known_or_new(&mut into.statuses, other.statuses, |a, b| a == b);
    known_or_new(&mut into.iam, other.iam, |a, b| a.action == b.action);
    add_new(&mut into.keywords, other.keywords, |a, b| {
        (&a.0, &a.1.value) == (&b.0, &b.1.value)
    });
    add_new(&mut into.texts, other.texts, |a, b| {
        (&a.0, &a.1.value) == (&b.0, &b.1.value)
    });
    add_new(&mut into.examples, other.examples, |a, b| {
        (&a.status, a.is_response, &a.body) == (&b.status, b.is_response, &b.body)
    });
    into.left_out.append(&mut found.absent);
    // Those between files first: what one says is no less disputed when it disagrees with itself too.
    let known = std::mem::take(&mut into.contradictions).into_iter();
    let (between, own): (Vec<_>, Vec<_>) =
        known.partition(|it| it.first.1.lines.file != it.second.1.lines.file);
    let all = between.into_iter().chain(found.all).chain(own);
    let all = all.chain(other.contradictions);
    add_new(&mut into.contradictions, all, |a, b| {
        (&a.about, &a.first.0, &a.second.0) == (&b.about, &b.first.0, &b.second.0)
    });
    into.files.extend(other.files);
    into.unreadable.extend(other.unreadable);
    into.unreadable_lines.extend(other.unreadable_lines);
    into.left_out.extend(other.left_out);
    into.ledger.cells.extend(other.ledger.cells);
}

/// Gives what the second witness calls otherwise the names of the first: the parameters of the same
/// path, and a success without its status when there is only one.
fn align(into: &Facts, other: &mut Facts) {
    let own = into.routes.first().map(|it| &it.value);
    let same = own.and_then(|own| {
        let mut routes = other.routes.iter();
        Some((own, &routes.find(|it| is_same_route(own, &it.value))?.value))
    });
    if let Some((own, theirs)) = same {
        let names: Vec<(&str, &str)> = theirs.placeholders().zip(own.placeholders()).collect();
        for (place, field) in &mut other.parameters {
            let known = names.iter().find(|(name, _)| *name == field.path);
            if let (FieldLocation::Path, Some((_, name))) = (place, known) {
                field.path = (*name).to_owned();
            }
        }
    }
    let mut successes = into
        .responses
        .iter()
        .filter(|it| it.status.starts_with('2'));
    if let (Some(only), None) = (successes.next(), successes.next()) {
        let unnamed = other.responses.iter_mut().find(|it| it.status == "?");
        if let Some(unnamed) = unnamed {
            unnamed.status.clone_from(&only.status);
        }
    }
}

/// Takes a row that is called as the body for the body itself, where the first witness has no such field;
/// its body stands among its fields as long as the two are compared.
fn name_body(ours: &mut Vec<FieldFacts>, body: &mut Option<FieldFacts>, theirs: &mut [FieldFacts]) {
    let name = FieldLocation::Body.word();
    let is_body = |it: &FieldFacts| it.top().eq_ignore_ascii_case(name);
    if body.is_none() || ours.iter().any(is_body) || !theirs.iter().any(is_body) {
        return;
    }
    for field in theirs.iter_mut().filter(|it| is_body(it)) {
        let inside = field.path.get(name.len()..).unwrap_or_default();
        field.path = inside.strip_prefix('.').unwrap_or(inside).to_owned();
    }
    ours.extend(body.take());
}

/// The own route is that of the first witness, and another one of the second is told and no more: it
/// is no further route of the operation.
fn routes(ours: &mut Vec<Fact<Route>>, theirs: Vec<Fact<Route>>, found: &mut Differences) {
    let mut disputed = 0;
    if let (Some(own), Some(other)) = (ours.first(), theirs.first())
        && !theirs.iter().any(|it| is_same_route(&own.value, &it.value))
    {
        let shown = |it: &Fact<Route>| format!("{} {}", it.value.method, it.value.path);
        found.add(
            "route",
            (shown(own), &own.sources),
            (shown(other), &other.sources),
        );
        disputed = 1;
    }
    known_or_new(ours, theirs.into_iter().skip(disputed), is_same_route);
}

/// The statuses of success: that a witness leaves one out says nothing, but one that has only others
/// contradicts the first. What it says of the response is told of that of the first.
fn success(
    ours: &[Fact<String>],
    theirs: &mut Vec<Fact<String>>,
    responses: &mut [ResponseFacts],
    found: &mut Differences,
) {
    let of = |all: &[Fact<String>]| {
        let all = all.iter().filter(|it| it.value.starts_with('2'));
        let (words, at): (Vec<_>, Vec<_>) =
            all.map(|it| (it.value.clone(), it.sources.clone())).unzip();
        (words, at.concat())
    };
    let ((ours, ours_at), (other, other_at)) = (of(ours), of(theirs));
    let (Some(own), false) = (ours.first(), ours.iter().any(|it| other.contains(it))) else {
        return;
    };
    found.about = format!("status {own}");
    found.add(
        "",
        (ours.join(", "), &ours_at),
        (other.join(", "), &other_at),
    );
    theirs.retain(|it| !other.contains(&it.value));
    if let Some(response) = responses.iter_mut().find(|it| other.contains(&it.status)) {
        response.status.clone_from(own);
    }
}

/// The fields of one place, and of the first witness the body that they are in; `whole` is where that
/// witness stands, when it has all of them.
fn fields(
    about: &str,
    (ours, body): (&mut Vec<FieldFacts>, &mut Option<FieldFacts>),
    mut theirs: Vec<FieldFacts>,
    whole: Option<&FactSource>,
    found: &mut Differences,
) {
    let is_header = about.starts_with("header");
    if let (Some(whole), false) = (whole, theirs.is_empty()) {
        name_body(ours, body, &mut theirs);
        let is_told = |path: &str| theirs.iter().any(|field| field.path == path);
        let missing = ours.iter().filter(|it| is_named_in(whole, it));
        let missing = missing.filter(|it| !is_told(&it.path));
        // What is inside of something else that is missing is missing with it.
        for field in missing.filter(|it| outer(&it.path).is_none_or(is_told)) {
            if let Some(said) = field.named.first() {
                let words = format!(
                    "the page's silence about {about} {}, which the definition has",
                    field.path
                );
                found.absent.push((words, said.lines));
            }
        }
    }
    for field in theirs {
        let is_it = |it: &&mut FieldFacts| {
            it.path == field.path || is_header && it.path.eq_ignore_ascii_case(&field.path)
        };
        match ours.iter_mut().find(is_it) {
            Some(own) => {
                found.about = format!("{about} {}", own.path);
                field::merge(own, field, found);
            }
            None => {
                found.about = format!("{about} {}", field.path);
                if let Some(at) = whole.and_then(|whole| absent_from(ours, &field.path, whole)) {
                    let (first, second) = ("absent".to_owned(), "present".to_owned());
                    found.add("", (first, &[at]), (second, &field.named));
                }
                ours.push(field);
            }
        }
    }
    let own = ours.iter().position(|it| it.path.is_empty());
    *body = body.take().or(own.map(|at| ours.remove(at)));
}

/// Whether a field is named in the file in which a witness stands.
fn is_named_in(whole: &FactSource, field: &FieldFacts) -> bool {
    let mut named = field.named.iter();
    named.any(|it| it.lines.file == whole.lines.file)
}

/// What a field is in.
fn outer(path: &str) -> Option<&str> {
    let (outer, _) = path.rsplit_once('.')?;
    Some(outer.trim_end_matches(".*").trim_end_matches("[]"))
}

/// Where a field would stand if the definition had it; nothing when the definition leaves open what
/// is there, or lacks what the field is in, which is told instead.
fn absent_from(ours: &[FieldFacts], path: &str, whole: &FactSource) -> Option<FactSource> {
    let outer = outer(path.trim_end_matches("[]")).filter(|outer| !outer.is_empty());
    let Some(outer) = outer else {
        return Some(whole.clone());
    };
    let known = ours.iter().find(|it| it.path == outer)?;
    let mut inside = ours.iter().filter(|it| it.is_inside(outer));
    let is_open = !inside.any(|it| is_named_in(whole, it));
    let place = known.named.first();
    place
        .filter(|_| !is_open && is_named_in(whole, known))
        .cloned()
}

/// What two witnesses say differently, and what they are asked about now.
#[derive(Default)]
struct Differences {
    about: String,
    all: Vec<Contradiction>,
    /// What only the first witness has.
    absent: Vec<(String, Lines)>,
}

impl Differences {
    /// Two sayings about an aspect, or about whether there is such a thing at all.
    fn add(
        &mut self,
        aspect: &str,
        (first, first_at): (String, &[FactSource]),
        (second, second_at): (String, &[FactSource]),
    ) {
        let (Some(first_at), Some(second_at)) = (first_at.first(), second_at.first()) else {
            return;
        };
        let about = match aspect {
            "" => self.about.clone(),
            aspect => format!("{}: {aspect}", self.about),
        };
        // A rule of a password that is told as the length of its field already.
        let of_field = about.strip_suffix(" of the password");
        let is_told = |it: &Contradiction| {
            Some(it.about.as_str()) == of_field && (&it.first.0, &it.second.0) == (&first, &second)
        };
        if self.all.iter().any(is_told) {
            return;
        }
        let one = Contradiction {
            about,
            first: (first, first_at.clone()),
            second: (second, second_at.clone()),
        };
        add_new(&mut self.all, [one], |a, b| a.about == b.about);
    }

    /// A fact of which the second witness has an opinion too.
    fn settle<T: PartialEq + ToString>(
        &mut self,
        aspect: &str,
        ours: &mut Option<Fact<T>>,
        theirs: Option<Fact<T>>,
    ) {
        self.settle_by(aspect, ours, theirs, |a, b| a == b, T::to_string);
    }

    /// The same, with what makes two values one, and how one is shown.
    fn settle_by<T>(
        &mut self,
        aspect: &str,
        ours: &mut Option<Fact<T>>,
        theirs: Option<Fact<T>>,
        agree: impl Fn(&T, &T) -> bool,
        shown: impl Fn(&T) -> String,
    ) {
        match (ours.as_mut(), theirs) {
            (_, None) => {}
            (None, theirs) => *ours = theirs,
            (Some(own), Some(theirs)) if agree(&own.value, &theirs.value) => {
                more(&mut own.sources, theirs.sources);
            }
            (Some(own), Some(theirs)) => self.add(
                aspect,
                (shown(&own.value), &own.sources),
                (shown(&theirs.value), &theirs.sources),
            ),
        }
    }
}

/// Words for people: those of the first page that has any. Others are given back.
fn words(ours: &mut Option<Fact<String>>, theirs: Option<Fact<String>>) -> Option<Fact<String>> {
    let is_declared = |fact: &Fact<String>| {
        let mut sources = fact.sources.iter();
        sources.all(|it| it.kind == SourceKind::Definition)
    };
    match (ours.as_mut(), theirs) {
        (Some(own), Some(theirs)) if own.value == theirs.value => {
            more(&mut own.sources, theirs.sources);
            None
        }
        (Some(own), Some(theirs)) if !is_declared(own) || is_declared(&theirs) => Some(theirs),
        (_, Some(theirs)) => ours.replace(theirs),
        (_, None) => None,
    }
}

/// Adds the sources of what is in a list already, and what is new to the list.
fn known_or_new<T>(
    ours: &mut Vec<Fact<T>>,
    theirs: impl IntoIterator<Item = Fact<T>>,
    is_same: impl Fn(&T, &T) -> bool,
) {
    for one in theirs {
        match ours.iter_mut().find(|it| is_same(&it.value, &one.value)) {
            Some(own) => more(&mut own.sources, one.sources),
            None => ours.push(one),
        }
    }
}

fn more(ours: &mut Vec<FactSource>, theirs: Vec<FactSource>) {
    add_new(ours, theirs, |a, b| a == b);
}

/// Adds what is not in a list yet.
fn add_new<T>(
    ours: &mut Vec<T>,
    theirs: impl IntoIterator<Item = T>,
    is_same: impl Fn(&T, &T) -> bool,
) {
    for one in theirs {
        if !ours.iter().any(|own| is_same(own, &one)) {
            ours.push(one);
        }
    }
}

#[cfg(test)]
mod tests;
