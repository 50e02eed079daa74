//! The pages: an invented tide gauge service, in every language.

use crate::mutations::model::{Answer, Column, Lang, Page, Row, Say};

fn row(name: &str, type_: &str, required: bool, about: &str) -> Row {
    Row {
        name: name.to_owned(),
        type_: type_.to_owned(),
        required,
        about: about.to_owned(),
        says: Vec::new(),
        inside: Vec::new(),
    }
}

impl Row {
    fn says(mut self, says: &[Say]) -> Self {
        self.says = says.to_vec();
        self
    }

    fn holds(mut self, inside: Vec<Row>) -> Self {
        self.inside = inside;
        self
    }
}

fn list(values: &[(&str, &str)]) -> Say {
    Say::Listed(
        values
            .iter()
            .map(|(value, meaning)| ((*value).to_owned(), (*meaning).to_owned()))
            .collect(),
    )
}

fn choice(values: &[&str]) -> Say {
    Say::Choice(values.iter().map(|value| (*value).to_owned()).collect())
}

fn default(value: &str) -> Say {
    Say::Default(value.to_owned())
}

fn statuses(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(status, meaning)| ((*status).to_owned(), (*meaning).to_owned()))
        .collect()
}

fn answer(status: &str, fields: Vec<Row>) -> Answer {
    Answer {
        status: Some(status.to_owned()),
        fields,
    }
}

const ORDER: [Column; 4] = [Column::Name, Column::Required, Column::Type, Column::About];

/// Pages in the two languages that come in every form.
pub fn both() -> Vec<Page> {
    vec![
        move_gauge(),
        calibrate(),
        read_buoys(),
        anchor_buoy(),
        list_tides(),
    ]
}

/// Pages in the languages that occur only now and then.
pub fn western() -> Vec<Page> {
    [
        (
            Lang::Fr,
            "Déplacer un marégraphe",
            "Le port.",
            "Le mode.",
            "Identifiant du marégraphe.",
            "La tâche.",
        ),
        (
            Lang::Es,
            "Mover un mareógrafo",
            "El puerto.",
            "El modo.",
            "Identificador del mareógrafo.",
            "La tarea.",
        ),
        (
            Lang::Pt,
            "Mover um marégrafo",
            "O porto.",
            "O modo.",
            "Identificador do marégrafo.",
            "A tarefa.",
        ),
        (
            Lang::Nl,
            "Een getijmeter verplaatsen",
            "De haven.",
            "De stand.",
            "Kenmerk van de getijmeter.",
            "De taak.",
        ),
    ]
    .into_iter()
    .map(|(lang, title, port, mode, id, job)| Page {
        name: "western",
        lang,
        title: title.to_owned(),
        about: format!("{title}."),
        deprecated: false,
        method: "POST".to_owned(),
        routes: vec!["/v1/{project_id}/gauges/{gauge_id}/move".to_owned()],
        path: vec![
            row("project_id", "String", true, id),
            row("gauge_id", "String", true, id),
        ],
        query: Vec::new(),
        headers: Vec::new(),
        body: vec![
            row("port", "String", true, port).says(&[Say::Length(2, 40)]),
            row("mode", "String", false, mode)
                .says(&[list(&[("slow", port), ("fast", mode)]), default("slow")]),
            row("berth", "Object", false, port).holds(vec![
                row("pier", "Integer", true, port),
                row("side", "String", false, mode),
            ]),
        ],
        answers: vec![answer("200", vec![row("job_id", "String", true, job)])],
        statuses: statuses(&[("200", title), ("404", port)]),
        iam: None,
        columns: ORDER.to_vec(),
        path_types: true,
        by_status: true,
        captions: true,
        labels: false,
        template_example: false,
    })
    .collect()
}

fn failure(code: &str, message: &str) -> Vec<Row> {
    vec![
        row("error_code", "String", true, code),
        row("error_msg", "String", true, message),
    ]
}

/// Everything at once.
fn move_gauge() -> Page {
    let station = vec![
        row("pier", "String", true, "The pier the gauge hangs on.").says(&[Say::Length(1, 64)]),
        row(
            "depth",
            "Integer",
            false,
            "How far below the surface it hangs, in metres.",
        )
        .says(&[Say::Range(0, 300)]),
        row("sheltered", "Boolean", false, "Whether waves are kept off.").says(&[default("false")]),
    ];
    let labels = vec![
        row("key", "String", true, "The label's key."),
        row("value", "String", false, "The label's value."),
    ];
    Page {
        name: "move_gauge",
        lang: Lang::En,
        title: "Moving a Tide Gauge".to_owned(),
        about: "Hangs a gauge somewhere else.".to_owned(),
        deprecated: false,
        method: "PUT".to_owned(),
        routes: vec![
            "/v2/{project_id}/gauges/{gauge_id}/position".to_owned(),
            "/v2.1/{project_id}/gauges/{gauge_id}/position".to_owned(),
        ],
        path: vec![
            row("project_id", "String", true, "The project."),
            row("gauge_id", "String", true, "The gauge."),
        ],
        query: vec![
            row(
                "dry_run",
                "Boolean",
                false,
                "Only checks whether it could be moved.",
            )
            .says(&[default("true")]),
        ],
        headers: vec![
            row("X-Auth-Token", "String", true, "The user's token."),
            row("X-Language", "String", false, "The language of messages."),
        ],
        body: vec![
            row("station", "Object", true, "Where it goes.").holds(station),
            row("zone", "String", true, "The kind of water.").says(&[list(&[
                ("harbor", "calm water"),
                ("river", "running water"),
                ("offshore", "open sea"),
            ])]),
            row(
                "access_password",
                "String",
                true,
                "The new password of the gauge.",
            )
            .says(&[Say::Password {
                min: 10,
                max: 26,
                classes: 3,
                specials: "!@%-_=+".to_owned(),
            }]),
            row("labels", "Array of objects", false, "Labels of the gauge.").holds(labels),
            row("datum", "String", false, "The level that counts as zero.")
                .says(&[choice(&["chart", "mean", "lowest"]), default("chart")]),
        ],
        answers: vec![
            answer(
                "202",
                vec![
                    row("job_id", "String", true, "The task."),
                    row("phase", "String", true, "How far it is.")
                        .says(&[choice(&["queued", "moving"])]),
                ],
            ),
            answer("400", failure("The error's code.", "What went wrong.")),
            answer("404", failure("Which error it is.", "Its words.")),
        ],
        statuses: statuses(&[
            ("202", "The gauge is being moved."),
            ("400", "Something in the request is wrong."),
            ("404", "There is no such gauge."),
            ("500", "The service failed."),
        ]),
        iam: Some(("tide:gauges:move".to_owned(), "Write".to_owned())),
        columns: ORDER.to_vec(),
        path_types: true,
        by_status: true,
        captions: true,
        labels: false,
        template_example: false,
    }
}

/// No captions, no type for the path, descriptions in parts, an answer without a status line.
fn calibrate() -> Page {
    Page {
        name: "calibrate",
        lang: Lang::En,
        title: "Calibrating a Buoy".to_owned(),
        about: "Sets the zero of a buoy.".to_owned(),
        deprecated: true,
        method: "POST".to_owned(),
        routes: vec!["/v1/{project_id}/buoys/{buoy_id}/zero".to_owned()],
        path: vec![
            row("buoy_id", "String", true, "The buoy."),
            row("project_id", "String", true, "The project."),
        ],
        query: Vec::new(),
        headers: vec![row("X-Auth-Token", "String", true, "The user's token.")],
        body: vec![
            row("offset", "Integer", true, "Millimetres to add.")
                .says(&[Say::Range(-500, 500), default("0")]),
            row("reason", "String", false, "Why it is done.").says(&[Say::Length(3, 80)]),
            row("method", "String", false, "How it is done.").says(&[
                list(&[("plumb", "with a line"), ("radar", "from above")]),
                default("plumb"),
            ]),
        ],
        answers: vec![Answer {
            status: None,
            fields: vec![
                row("zero", "Double", true, "The new zero."),
                row("checked", "Boolean", true, "Whether it was checked."),
            ],
        }],
        statuses: statuses(&[("200", "The zero is set.")]),
        iam: None,
        columns: vec![Column::Name, Column::Type, Column::Required, Column::About],
        path_types: false,
        by_status: false,
        captions: false,
        labels: true,
        template_example: true,
    }
}

/// Chinese; everything at once.
fn anchor_buoy() -> Page {
    let position = vec![
        row("latitude", "Double", true, "纬度。"),
        row("harbor", "String", false, "所在港口。").says(&[Say::Length(2, 32)]),
        row("depth", "Integer", false, "水深，单位为米。").says(&[Say::Range(1, 200)]),
    ];
    let sensors = vec![
        row("kind", "String", true, "传感器种类。").says(&[choice(&["salt", "wind"])]),
        row("serial", "String", false, "传感器序列号。"),
    ];
    Page {
        name: "anchor_buoy",
        lang: Lang::Zh,
        title: "浮标下锚".to_owned(),
        about: "将浮标固定在新的位置。".to_owned(),
        deprecated: false,
        method: "POST".to_owned(),
        routes: vec!["/v1/{project_id}/buoys/{buoy_id}/anchor".to_owned()],
        path: vec![
            row("project_id", "String", true, "项目编号。"),
            row("buoy_id", "String", true, "浮标编号。"),
        ],
        query: vec![row("wait", "Boolean", false, "是否等待完成。").says(&[default("false")])],
        headers: vec![row("X-Auth-Token", "String", true, "用户令牌。")],
        body: vec![
            row("position", "Object", true, "新的位置。").holds(position),
            row("mode", "String", false, "下锚方式。").says(&[
                list(&[("chain", "使用锚链"), ("weight", "使用重块")]),
                default("chain"),
            ]),
            row("password", "String", true, "浮标的新口令。").says(&[Say::PasswordSentence {
                min: 8,
                max: 20,
                classes: 3,
            }]),
            row("sensors", "Array of objects", false, "随浮标安装的传感器。").holds(sensors),
        ],
        answers: vec![
            answer(
                "200",
                vec![
                    row("task_id", "String", true, "任务编号。"),
                    row("buoys", "Array of strings", true, "浮标编号列表。"),
                ],
            ),
            answer("400", failure("出错代码。", "出错原因。")),
        ],
        statuses: statuses(&[
            ("200", "下锚成功。"),
            ("400", "请求内容有误。"),
            ("500", "服务故障。"),
        ]),
        iam: Some(("tide:buoys:anchor".to_owned(), "write".to_owned())),
        columns: ORDER.to_vec(),
        path_types: true,
        by_status: true,
        captions: true,
        labels: false,
        template_example: false,
    }
}

/// Chinese; no status on the page, no type for the path.
fn read_buoys() -> Page {
    Page {
        name: "read_buoys",
        lang: Lang::Zh,
        title: "查询浮标读数".to_owned(),
        about: "查询一个浮标最近的读数。".to_owned(),
        deprecated: true,
        method: "GET".to_owned(),
        routes: vec!["/v1/{project_id}/buoys/{buoy_id}/readings".to_owned()],
        path: vec![
            row("project_id", "String", true, "项目编号。"),
            row("buoy_id", "String", true, "浮标编号。"),
        ],
        query: Vec::new(),
        headers: Vec::new(),
        body: Vec::new(),
        answers: vec![Answer {
            status: None,
            fields: vec![
                row("level", "Double", true, "水位。"),
                row("trend", "String", true, "水位变化。")
                    .says(&[list(&[("rising", "正在上涨"), ("falling", "正在回落")])]),
                row("station", "Object", true, "读数来源。").holds(vec![
                    row("code", "String", true, "站点代码。"),
                    row("river", "String", true, "所在河流。"),
                ]),
            ],
        }],
        statuses: Vec::new(),
        iam: None,
        columns: ORDER.to_vec(),
        path_types: false,
        by_status: false,
        captions: true,
        labels: false,
        template_example: true,
    }
}

/// Another order of columns; nothing is sent but a query.
fn list_tides() -> Page {
    let tides = vec![
        row("time", "Long", true, "When it is."),
        row("height", "Integer", true, "How high it is."),
        row("kind", "String", true, "High or low.").says(&[choice(&["high", "low"])]),
    ];
    Page {
        name: "list_tides",
        lang: Lang::En,
        title: "Listing Tides".to_owned(),
        about: "Lists the tides of a day.".to_owned(),
        deprecated: false,
        method: "GET".to_owned(),
        routes: vec!["/v3/{project_id}/tides".to_owned()],
        path: vec![row("project_id", "String", true, "The project.")],
        query: vec![
            row("limit", "Integer", false, "How many to list.")
                .says(&[Say::Range(1, 50), default("20")]),
            row("day", "String", true, "The day.").says(&[Say::Length(8, 10)]),
        ],
        headers: Vec::new(),
        body: Vec::new(),
        answers: vec![answer(
            "200",
            vec![
                row("tides", "Array of objects", true, "The tides.").holds(tides),
                row("total", "Integer", true, "How many there are."),
            ],
        )],
        statuses: statuses(&[("200", "Here they are."), ("403", "You may not see them.")]),
        iam: Some(("tide:tides:list".to_owned(), "List".to_owned())),
        columns: vec![Column::Name, Column::Type, Column::Required, Column::About],
        path_types: true,
        by_status: true,
        captions: true,
        labels: false,
        template_example: false,
    }
}
