//! Damaged and odd pages, one for each guard of the reader that whole pages do not need.

use huaweicloud_pages::facts::{CellOutcome, Facts};

/// What is read of a page, and `!` where something of it is not.
fn told(facts: &Facts) -> String {
    let fields = facts.parameters.iter();
    let mut all: Vec<String> = fields
        .map(|(place, it)| format!("{} {}", place.word(), it.path))
        .collect();
    for response in &facts.responses {
        let fields = response.fields.iter();
        all.extend(fields.map(|it| format!("{} {}", response.status, it.path)));
    }
    let mut cells = facts.ledger.cells.iter();
    let is_lost = cells.any(|(.., outcome)| matches!(outcome, CellOutcome::Unreadable(_)));
    all.extend((is_lost || !facts.unreadable.is_empty()).then(|| "!".to_owned()));
    all.join(", ")
}

#[test]
fn a_guard_for_each_damage() {
    for (name, page, expected) in [
        // A table without its end, before another one.
        (
            "unclosed.md",
            concat!(
                "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\nTable 1 Request\n\n",
                "<table>\n<tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></",
                "tr>\n<tr><td>depth</td><td>Yes</td><td>Integer</td><td>Depth.</td></tr>\n",
                "<tr><td>mode</td><td>Yes</td><td>String</td><td>The mode, which\n\n## Response\n\n",
                "Table 2 Response\n\n|Parameter|Type|Description|\n|--|--|--|\n|id|String|Id.|\n",
                "|level|Integer|Level.|"
            ),
            "? id, ? level, !",
        ),
        // A table in a cell of another.
        (
            "within.html",
            concat!(
                "<html><body><h1>Moving a Gauge</h1><h4>URI</h4><p>PUT /v1/gauges</p><h4>Request</h4>",
                "<table><caption>Table 1 Request body parameters</caption>",
                "<tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></tr>",
                "<tr><td>depth</td><td>Yes</td><td>Integer</td><td>Depth.<table><tr><th>Parameter</th>",
                "<th>Type</th></tr><tr><td>inner</td><td>String</td></tr></table></td></tr>",
                "<tr><td>mode</td><td>No</td><td>String</td><td>The mode.</td></tr></table>",
                "</body></html>"
            ),
            "body depth, body mode, !",
        ),
        // A row that lost its outer bar.
        (
            "gridleft.rst",
            concat!(
                "Moving a Gauge\n==============\n\nURI\n---\n\nPUT /v1/gauges\n\nRequest\n-------\n\n",
                "Table 1 Request parameters\n\n+-----------+-----------+---------+--------------+\n",
                "| Parameter | Mandatory | Type    | Description  |\n",
                "+===========+===========+=========+==============+\n",
                "| depth     | Yes       | Integer | Depth of it. |\n",
                "+-----------+-----------+---------+--------------+\n",
                "gauge_id    | Yes       | String  | The gauge.   |\n",
                "+-----------+-----------+---------+--------------+"
            ),
            "!",
        ),
        // An example in a description of loose cells.
        (
            "within.txt",
            concat!(
                "Moving a Gauge\n\nURI\n\nPUT /v1/gauges\n\nRequest\n\nTable 1 Request body parameters\n\n",
                "Parameter\n\nMandatory\n\nType\n\nDescription\n\nstate\n\nYes\n\nObject\n\n",
                "What it does, for example:\n\n\"state\":\n\n{\"OPEN\":\"16%\"}\n\nmode\n\nNo\n\nString\n\n",
                "The mode.\n\nExample Request\n\n{\n  \"mode\": \"deep\"\n}\n\nStatus Code\n\nNone"
            ),
            "body state, body mode",
        ),
        // Loose cells below headings in a language that is not known.
        (
            "loose.txt",
            concat!(
                "Moving a Gauge\n\nURI\n\nPUT /v1/gauges\n\nMerkmal\n\nPflicht\n\nArt\n\nText\n\n",
                "depth\n\nJa\n\nInteger\n\nDie Tiefe.\n\nmode\n\nNein\n\nString\n\nDie Art.\n\n",
                "Status Code\n\nNone"
            ),
            "!",
        ),
        // An example that is never closed.
        (
            "json.txt",
            concat!(
                "Moving a Gauge\n\nURI\n\nPUT /v1/gauges\n\nResponse\n\nExample response\n\n",
                "Status code: 200\n\n{\n  \"id\": \"a\",\n  \"depth\": 1,\n\nStatus code: 400\n\n{\n",
                "  \"error_code\": \"T.1\",\n  \"error_msg\": \"no\"\n}\n\nStatus Code\n\n",
                "Status Code\n\nDescription\n\n200\n\nOK"
            ),
            "400 error_code, 400 error_msg",
        ),
        // A caption whose table is lost.
        (
            "lostcap.md",
            concat!(
                "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\nTable 1 Request\n\n",
                "|Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|crew|Yes|Object|The crew.|\n",
                "|name|Yes|String|The name.|\n\nTable 2 Crew fields\n\nTable 3 Shades\n\n",
                "|Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|shade|Yes|String|Shade.|"
            ),
            "body crew, body name, !",
        ),
        // A table of another topic that has the number of one here.
        (
            "topic.md",
            concat!(
                "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\n",
                "Table 1 Request body parameters\n\n|Parameter|Mandatory|Type|Description|\n",
                "|--|--|--|--|\n|crew|Yes|Object|The crew. For details, see Table 3 in Querying Gauge",
                "s.|\n|basin|Yes|Object|The basin.|\n",
                "|tide|Yes|Object|The tide. For details, see Table 2.|\n\nTable 2 tide\n\n",
                "|Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|low|Yes|String|Low.|\n\n",
                "Table 3 Shade parameters\n\n|Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n",
                "|shade|Yes|String|Shade.|\n\nTable 4 Fog parameters\n\n",
                "|Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|fog|Yes|String|Fog.|"
            ),
            "body crew, body basin, body basin.fog, body tide, body tide.low, !",
        ),
        // An example of another status shows what tables without captions are in.
        (
            "order.md",
            concat!(
                "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Response\n\nStatus code: 200\n\n",
                "Table 1 Response body parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n",
                "|gauge|Object|G.|\n|tide|Object|T.|\n\n|Parameter|Type|Description|\n|--|--|--|\n",
                "|a|String|A.|\n|b|String|A.|\n\n|Parameter|Type|Description|\n|--|--|--|\n",
                "|c|String|A.|\n|d|String|A.|\n\n## Example Response\n\nStatus code: 400\n\n```\n",
                "{\"tide\": {\"a\":\"x\",\"b\":\"y\"}, \"gauge\": {\"c\":\"1\",\"d\":\"e\"}}\n```"
            ),
            "200 gauge, 200 tide, !",
        ),
        // A long sentence that names a kind of table.
        (
            "hint.md",
            concat!(
                "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\n",
                "The request is described here in a very long paragraph, which goes on and on and tel",
                "ls many things about response header parameters, which nobody reads, and of the resp",
                "onse.\n\n|Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n",
                "|depth|Yes|Integer|Depth.|"
            ),
            "body depth",
        ),
        // An example on the other side than its heading.
        (
            "exside.md",
            concat!(
                "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\nExample Response\n\n",
                "```\n{\"id\": 1}\n```\n\n|Parameter|Type|Description|\n|--|--|--|\n",
                "|id|Integer|Id.|\n\n## Response\n\nExample Request\n\n```\n{\"depth\": 1}\n```\n\n",
                "|Parameter|Type|Description|\n|--|--|--|\n|depth|Integer|Id.|"
            ),
            "body depth, ? id",
        ),
        // A description whose lines read like cells.
        (
            "plain.txt",
            concat!(
                "Moving a Gauge\n\nURI\n\nPUT /v1/gauges\n\nRequest\n\n",
                "Table 1 Request body parameters\n\nParameter\n\nMandatory\n\nType\n\nDescription\n\n",
                "depth\n\nYes\n\nInteger\n\nDepth.\n\nmode\n\nNo\n\nString\n\n",
                "The mode. The value can be:\noptional\nString list\nnot needed\n\nname\n\nYes\n\n",
                "String\n\nName.\n\nexample\n\nResponse\n\nTable 2 Response body parameters\n\n",
                "Parameter\n\nType\n\nDescription\n\nid\n\nString\n\nThe id.\n\n- Example request\n\n",
                "status code\n\n- uri\n\nmore"
            ),
            "body depth, body mode, body name, ? id",
        ),
        // A cell of several lines with a bar of its own.
        (
            "bar.txt",
            concat!(
                "Moving a Gauge\n\nURI\n\nPUT /v1/gauges\n\nRequest\n\nTable 1 Request parameters\n\n",
                "|\nParameter|\nMandatory|\nType|\nDescription|\n---|---|---|---|\n|\ndepth|\nYes|\n",
                "Integer|\nDepth.|\n|\nmode|\n|\nString|\nThe mode\nof it.\n|\n|\nname|\nNo|\n",
                "String|\nName.|"
            ),
            "body depth, body mode, body name",
        ),
        // A table without a heading whose rows stand in other columns.
        (
            "span.html",
            concat!(
                "<html><body><h1>Moving a Gauge</h1><h2>URI</h2><p>PUT /v1/gauges</p><h2>Request</h2>",
                "<p>Table 1 Request</p>\n",
                "<table><tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></tr",
                ">\n<tr><td>depth</td><td>Yes</td><td>Integer</td><td>Depth.</td></tr></table>\n",
                "<table>\n<tr><td rowspan=\"2\">crew</td><td>Yes</td><td>String</td><td>Crew.</td></t",
                "r>\n<tr><td>Yes</td><td>Integer</td><td>Gauge.</td><td>x</td></tr>\n",
                "<tr><td colspan=\"2\">mode</td><td>Yes</td><td>String</td><td>Mode</td></tr>\n",
                "</table></body></html>"
            ),
            "body depth, !",
        ),
        // A line of a description that reads like a cell.
        (
            "simple.rst",
            concat!(
                "Moving a Gauge\n==============\n\nURI\n---\n\nPUT /v1/gauges\n\nRequest\n-------\n\n",
                "Table 1 Request parameters\n\n========= ========= ======== ===========\n",
                "Parameter Mandatory Type     Description\n========= ========= ======== ===========\n",
                "names     Yes       Array of The names\n                    strings  of it.\n",
                "mode      No        String   It may be\n                             String\n",
                "depth     Yes       Integer  The mode.\n========= ========= ======== ==========="
            ),
            "body names, body mode, body depth",
        ),
        // A line of dashes in one cell.
        (
            "griddash.rst",
            concat!(
                "Moving a Gauge\n==============\n\nURI\n---\n\nPUT /v1/gauges\n\nRequest\n-------\n\n",
                "Table 1 Request parameters\n\n+-----------+-----------+---------+--------------+\n",
                "| Parameter | Mandatory | Type    | Description  |\n",
                "+===========+===========+=========+==============+\n",
                "| depth     | Yes       | Integer | Depth of it. |\n",
                "+-----------+-----------+---------+--------------+\n",
                "| gauge_id  | Yes       | String  | The gauge:   |\n",
                "|           |           |         |--------------|\n",
                "|           |           |         | below it     |\n",
                "+-----------+-----------+---------+--------------+"
            ),
            "body depth, body gauge_id",
        ),
    ] {
        assert_eq!(told(&crate::facts(name, page)), expected, "{name}");
    }
}
