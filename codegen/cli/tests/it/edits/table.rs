//! The edits, and the means to write them down.

use crate::mutations::model::{Answer, Column, Lang, Page, Row, Say};

/// One edit of a page.
pub(super) struct Edit {
    pub(super) what: &'static str,
    pub(super) page: &'static str,
    pub(super) model: fn(&mut Page),
    /// What is changed in the text beside it.
    pub(super) text: fn(String) -> String,
}

const fn edit(what: &'static str, page: &'static str, model: fn(&mut Page)) -> Edit {
    Edit {
        what,
        page,
        model,
        text: |it| it,
    }
}

fn row(name: &str, type_: &str, required: bool) -> Row {
    Row {
        name: name.to_owned(),
        type_: type_.to_owned(),
        required,
        about: "It is new.".to_owned(),
        says: Vec::new(),
        inside: Vec::new(),
    }
}

/// The row with a name, wherever it stands.
fn at<'p>(page: &'p mut Page, name: &str) -> &'p mut Row {
    fn find<'r>(rows: &'r mut [Row], name: &str) -> Option<&'r mut Row> {
        rows.iter_mut().find_map(|row| match row.name == name {
            true => Some(row),
            false => find(&mut row.inside, name),
        })
    }
    let Page {
        path,
        query,
        headers,
        body,
        answers,
        ..
    } = page;
    let answers = answers.iter_mut().map(|it| &mut it.fields);
    let mut lists = [path, query, headers, body].into_iter().chain(answers);
    lists.find_map(|rows| find(rows, name)).expect("the row")
}

/// A field of the body, taken out of it.
fn take(page: &mut Page, name: &str) -> Row {
    let at = page.body.iter().position(|it| it.name == name);
    page.body.remove(at.expect("the field"))
}

fn says(page: &mut Page, name: &str, index: usize, say: Say) {
    at(page, name).says[index] = say;
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|it| (*it).to_owned()).collect()
}

fn listed(all: &[&str]) -> Say {
    let one = |it: &&str| ((*it).to_owned(), "some water".to_owned());
    Say::Listed(all.iter().map(one).collect())
}

fn password(min: u32, max: u32, classes: u32, specials: &str) -> Say {
    let specials = specials.to_owned();
    Say::Password {
        min,
        max,
        classes,
        specials,
    }
}

fn answer<'p>(page: &'p mut Page, status: &str) -> &'p mut Answer {
    let mut answers = page.answers.iter_mut();
    answers
        .find(|it| it.status.as_deref() == Some(status))
        .expect("the answer")
}

/// The edits. What a line does to the documents stands in `golden/edits.txt` under its words.
pub(super) fn edits() -> Vec<Edit> {
    vec![
        edit("an optional field more", "move_gauge", |it| {
            let mut row = row("remark", "String", false);
            row.says = vec![Say::Length(2, 80)];
            it.body.push(row);
        }),
        edit("a required field more", "calibrate", |it| {
            it.body.push(row("operator", "String", true))
        }),
        edit("a field more in an object", "anchor_buoy", |it| {
            at(it, "position")
                .inside
                .push(row("bearing", "Integer", false));
        }),
        edit(
            "a required field more in the items of a list",
            "anchor_buoy",
            |it| {
                at(it, "sensors").inside.push(row("owner", "String", true));
            },
        ),
        edit(
            "an optional object more, with a field it needs",
            "move_gauge",
            |it| {
                let mut berth = row("berth", "Object", false);
                berth.inside.push(row("side", "String", true));
                it.body.push(berth);
            },
        ),
        edit("a field more in a response", "list_tides", |it| {
            answer(it, "200")
                .fields
                .push(row("station", "String", true));
        }),
        edit("a field less", "move_gauge", |it| {
            it.body.retain(|it| it.name != "datum")
        }),
        edit("a field less in a response", "list_tides", |it| {
            answer(it, "200").fields.retain(|it| it.name != "total");
        }),
        edit("another name for a field", "move_gauge", |it| {
            at(it, "zone").name = "water_zone".into()
        }),
        edit(
            "another name for a field in an object",
            "anchor_buoy",
            |it| {
                at(it, "harbor").name = "harbor_name".into();
            },
        ),
        edit("another name for an object", "move_gauge", |it| {
            at(it, "station").name = "gauge_station".into()
        }),
        edit(
            "another name for a parameter of the query",
            "list_tides",
            |it| at(it, "day").name = "date".into(),
        ),
        edit("another name for a header", "move_gauge", |it| {
            at(it, "X-Language").name = "X-Message-Language".into();
        }),
        edit(
            "another name for a field in a response",
            "list_tides",
            |it| {
                at(it, "height").name = "height_cm".into();
            },
        ),
        edit(
            "another name for a parameter of the path",
            "anchor_buoy",
            |it| {
                at(it, "buoy_id").name = "id".into();
                it.routes[0] = it.routes[0].replace("{buoy_id}", "{id}");
            },
        ),
        edit("another type", "anchor_buoy", |it| {
            at(it, "serial").type_ = "Integer".into()
        }),
        edit("another type in a response", "calibrate", |it| {
            at(it, "checked").type_ = "String".into()
        }),
        edit("required no longer", "move_gauge", |it| {
            at(it, "zone").required = false
        }),
        edit("required from now on", "anchor_buoy", |it| {
            at(it, "mode").required = true
        }),
        edit("a value more", "move_gauge", |it| {
            says(
                it,
                "zone",
                0,
                listed(&["harbor", "river", "offshore", "lake"]),
            );
        }),
        edit("a value less", "move_gauge", |it| {
            says(it, "zone", 0, listed(&["harbor", "offshore"]))
        }),
        edit("another word for a value", "move_gauge", |it| {
            says(
                it,
                "datum",
                0,
                Say::Choice(words(&["chart", "middle", "lowest"])),
            );
        }),
        edit("a value more in a response", "list_tides", |it| {
            says(it, "kind", 0, Say::Choice(words(&["high", "low", "slack"])));
        }),
        edit("another default", "list_tides", |it| {
            says(it, "limit", 1, Say::Default("10".into()))
        }),
        edit("a default", "anchor_buoy", |it| {
            at(it, "depth").says.push(Say::Default("5".into()))
        }),
        edit("no default", "list_tides", |it| {
            at(it, "limit").says.remove(1);
        }),
        edit("longer texts", "move_gauge", |it| {
            says(it, "pier", 0, Say::Length(1, 128))
        }),
        edit("shorter texts", "anchor_buoy", |it| {
            says(it, "harbor", 0, Say::Length(2, 16))
        }),
        edit("a wider range", "list_tides", |it| {
            says(it, "limit", 0, Say::Range(1, 100))
        }),
        edit("a narrower range", "calibrate", |it| {
            says(it, "offset", 0, Say::Range(-100, 100))
        }),
        edit("a longer password", "move_gauge", |it| {
            says(it, "access_password", 0, password(10, 32, 3, "!@%-_=+"));
        }),
        edit(
            "more kinds of characters in a password",
            "move_gauge",
            |it| {
                says(it, "access_password", 0, password(10, 26, 4, "!@%-_=+"));
            },
        ),
        edit(
            "more special characters in a password",
            "move_gauge",
            |it| {
                says(it, "access_password", 0, password(10, 26, 3, "!@%-_=+?"));
            },
        ),
        edit("a longer least password", "anchor_buoy", |it| {
            let rules = Say::PasswordSentence {
                min: 10,
                max: 20,
                classes: 3,
            };
            says(it, "password", 0, rules);
        }),
        edit("what a password must not be", "move_gauge", |it| {
            let about = &mut at(it, "access_password").about;
            about.push_str(" It cannot be the old password. 不能与旧密码相同。");
        }),
        edit("a status more", "move_gauge", |it| {
            it.statuses.insert(3, ("409".into(), "It moves.".into()))
        }),
        edit("a status less", "move_gauge", |it| {
            it.statuses.retain(|it| it.0 != "500")
        }),
        edit("a field more in the body of errors", "move_gauge", |it| {
            for status in ["400", "404"] {
                answer(it, status)
                    .fields
                    .push(row("request_id", "String", true));
            }
        }),
        edit("another version of the path", "list_tides", |it| {
            it.routes[0] = it.routes[0].replace("/v3/", "/v4/");
        }),
        edit("another method", "anchor_buoy", |it| {
            it.method = "PUT".into()
        }),
        edit("a header more", "move_gauge", |it| {
            it.headers.push(row("X-Trace-Id", "String", false))
        }),
        edit("a parameter of the query more", "list_tides", |it| {
            let mut row = row("offset", "Integer", false);
            row.says = vec![Say::Default("0".into())];
            it.query.push(row);
        }),
        edit(
            "a required parameter of the query more",
            "list_tides",
            |it| {
                it.query.push(row("harbor", "String", true));
            },
        ),
        edit("another IAM action", "move_gauge", |it| {
            it.iam = Some(("tide:gauges:relocate".into(), "Write".into()));
        }),
        edit("another access level", "list_tides", |it| {
            it.iam = Some(("tide:tides:list".into(), "Read".into()));
        }),
        edit("deprecated from now on", "list_tides", |it| {
            it.deprecated = true
        }),
        edit("another description, no other fact", "move_gauge", |it| {
            at(it, "zone").about = "Which kind of water there is around it.".into();
            at(it, "pier").about = "Where the gauge is fastened.".into();
        }),
        edit(
            "other words and other columns, no other fact",
            "move_gauge",
            |it| {
                it.about = "Takes a gauge to another place.".into();
                it.columns = vec![Column::Name, Column::Type, Column::Required, Column::About];
            },
        ),
        edit("another language", "move_gauge", |it| {
            it.lang = match it.lang {
                Lang::Zh => Lang::En,
                _ => Lang::Zh,
            };
        }),
        edit("a field in an object that is new", "move_gauge", |it| {
            let mut place = row("place", "Object", false);
            place.inside.push(take(it, "datum"));
            it.body.push(place);
        }),
        edit("a field in an object that is there", "move_gauge", |it| {
            let datum = take(it, "datum");
            at(it, "station").inside.push(datum);
        }),
        edit(
            "a parameter of the path in the query",
            "anchor_buoy",
            |it| {
                it.routes[0] = it.routes[0].replace("/{buoy_id}", "");
                let place = it.path.iter().position(|it| it.name == "buoy_id");
                let buoy = it.path.remove(place.expect("the parameter"));
                it.query.push(buoy);
            },
        ),
        edit("a list in place of one value", "calibrate", |it| {
            let reason = at(it, "reason");
            reason.name = "reasons".into();
            reason.type_ = "Array of strings".into();
            reason.says.clear();
        }),
        edit("a field in two parts", "list_tides", |it| {
            let tides = &mut at(it, "tides").inside;
            let place = tides.iter().position(|it| it.name == "height");
            tides.remove(place.expect("the field"));
            tides.push(row("height_least", "Integer", true));
            tides.push(row("height_most", "Integer", true));
        }),
        edit("another status of a success", "move_gauge", |it| {
            answer(it, "202").status = Some("200".into());
            for status in it.statuses.iter_mut().filter(|it| it.0 == "202") {
                status.0 = "200".into();
            }
        }),
        edit("another order of rows", "move_gauge", |it| {
            it.body.reverse();
            at(it, "station").inside.reverse();
            it.path.reverse();
        }),
        edit("required and a default at once", "list_tides", |it| {
            let limit = at(it, "limit");
            limit.required = true;
            limit.says.truncate(1);
        }),
        Edit {
            what: "another example alone",
            page: "move_gauge",
            model: |_| {},
            text: |it| it.replace("\"zone\": \"harbor\"", "\"zone\": \"river\""),
        },
        Edit {
            what: "cut off in the middle",
            page: "move_gauge",
            model: |_| {},
            text: |it| match it.starts_with('{') {
                // Half a definition is no definition.
                true => it,
                false => it
                    .split_inclusive('\n')
                    .take(it.lines().count() / 3)
                    .collect(),
            },
        },
        Edit {
            what: "the example contradicts the table",
            page: "move_gauge",
            model: |it| {
                at(it, "zone").type_ = "Integer".into();
                at(it, "zone").says.clear();
            },
            text: |it| it.replace("\"zone\": 7", "\"zone\": \"harbor\""),
        },
    ]
}
