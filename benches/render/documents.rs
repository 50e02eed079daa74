//! Documents of any size, of the kind that people write.

use std::fmt::Write;

use huaweicloud_codegen::Source;

/// How many operations a document has before the next begins.
const IN_ONE_SERVICE: usize = 50;

/// Documents with so many operations together.
pub fn with_operations(count: usize) -> Vec<Source> {
    let starts = (0..count).step_by(IN_ONE_SERVICE);
    let documents = starts.map(|start| {
        let end = count.min(start + IN_ONE_SERVICE);
        let name = format!("service{}", start / IN_ONE_SERVICE);
        Source::new(format!("spec/{name}.yaml"), document(&name, start..end))
    });
    documents.collect()
}

fn document(name: &str, numbers: std::ops::Range<usize>) -> String {
    let mut text = format!(
        "openapi: 3.0.3\ninfo: {{title: Service {name}, version: '1'}}\n\
         servers: [{{url: 'https://{name}.{{region}}.example.com', variables: {{region: {{default: north-1}}}}}}]\n\
         paths:\n"
    );
    let mut schemas = String::new();
    for number in numbers {
        operation(&mut text, number);
        types(&mut schemas, number);
    }
    text.push_str("components:\n  schemas:\n");
    text + &schemas + ERROR
}

/// Changing something: a path, a query, a body with a secret, and three kinds of response.
fn operation(text: &mut String, number: usize) {
    let written = write!(
        text,
        "  /v1/{{project_id}}/things{number}/{{thing_id}}:
    put:
      operationId: ChangeThing{number}
      summary: Change a thing of the kind {number}
      description: What is not given stays as it is.
      parameters:
      - {{name: project_id, in: path, required: true, schema: {{type: string}}, x-client-parameter: project_id}}
      - {{name: thing_id, in: path, required: true, schema: {{type: string}}, example: a1b2}}
      - {{name: limit, in: query, schema: {{type: integer, format: int32, minimum: 1, maximum: 100}}}}
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '#/components/schemas/Change{number}'}}}}}}
      responses:
        '200':
          description: What became of it
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing{number}'}}}}}}
        '400':
          description: Not like this
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Error'}}}}}}
        '404':
          description: There is none
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Error'}}}}}}
"
    );
    written.expect("text takes everything");
}

fn types(text: &mut String, number: usize) {
    let written = write!(
        text,
        "    Change{number}:
      type: object
      required: [name, new_password]
      properties:
        name: {{type: string, description: The new name, minLength: 1, maxLength: 64}}
        new_password:
          type: string
          format: password
          x-password-policy: {{min: 8, max: 26, classes: [lower, upper, digit], minClasses: 2}}
        kind: {{type: string, enum: [small, large]}}
        tags: {{type: array, items: {{$ref: '#/components/schemas/Tag{number}'}}}}
    Tag{number}:
      type: object
      required: [key]
      properties:
        key: {{type: string}}
        value: {{type: string, description: What the tag says}}
    Thing{number}:
      type: object
      properties:
        id: {{type: string}}
        name: {{type: string}}
        size: {{type: integer, format: int64}}
        tags: {{type: array, items: {{$ref: '#/components/schemas/Tag{number}'}}}}
"
    );
    written.expect("text takes everything");
}

const ERROR: &str = "    Error:
      type: object
      properties:
        error_code: {type: string}
        error_msg: {type: string}
";
