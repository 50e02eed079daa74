//! Mistakes, each planted into a sound document (`codegen/tests/lint/library.yaml`).

/// One mistake.
pub struct Mistake {
    /// The code that tells it.
    pub code: &'static str,
    /// What is taken out of the document, at its first place.
    pub out: &'static str,
    /// What is put there; `§` stands on the line that is to be shown.
    pub put: &'static str,
    /// Without that mark, what stands on the line that is to be shown; by default it is the first one.
    pub at: Option<&'static str>,
    /// The code of what else is found, since the mistake leads to it.
    pub besides: Option<&'static str>,
}

macro_rules! mistakes {
    (@optional) => { None };
    (@optional $text:literal) => { Some($text) };
    ($($code:literal $(and $besides:literal)? $(at $at:literal)?: $out:literal => $put:literal;)*) => {
        /// Every mistake.
        pub const MISTAKES: &[Mistake] = &[$(Mistake {
            code: $code,
            out: $out,
            put: $put,
            at: mistakes!(@optional $($at)?),
            besides: mistakes!(@optional $($besides)?),
        }),*];
    };
}

mistakes! {
    // The text.
    "yaml::syntax": "summary: Lists books" => "summary: Lists: books";
    "yaml::syntax": "enum:\n            - hard\n            - soft" => "enum: [hard, soft\n§        authors2: x";
    "yaml::several-documents": "        code:\n          type: integer\n" => "        code:\n          type: integer\n§---\na: 1\n";
    "yaml::duplicate-key": "summary: Adds a book" => "summary: Adds a book\n§      summary: Adds one book";
    "yaml::key-not-text": "next:\n          type: string" => "true:\n          type: string";
    "yaml::tag": "description: Renewed." => "description: !text Renewed.";
    "yaml::number": "title: Town library" => "title: Town library\n§  x-size: .inf";
    "yaml::merge-key": "description: Renewed." => "description: Renewed.\n§          <<: nothing";
    "yaml::alias": "title: Town library" => "title: Town library\n§  x-size: &size [*size]";
    "yaml::too-deep": "example: 212" => "x-deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";

    // The form of OpenAPI.
    "spec::version": "openapi: 3.0.3" => "openapi: 4.0.0";
    "spec::version": "openapi: 3.0.3" => "swagger: '2.0'";
    "spec::unknown-field": "summary: Lists books" => "sumary: Lists books";
    "spec::unknown-field": "minLength: 1\n" => "minLenght: 1\n";
    "spec::unknown-field": "    description: What can be borrowed." => "    text: What can be borrowed.";
    "spec::unknown-field": "        required: true\n        content" => "        needed: true\n        content";
    "spec::unknown-field": "maxLength: 300" => "maxLength: 300\n§          $defs: {Word: {type: string}}";
    "spec::missing-field" at "info:": "  version: 1.4.0\n" => "";
    "spec::missing-field": "        '204':\n          description: It is gone." => "        '204':\n          x-a: It is gone.";
    "spec::missing-field" at "    desk:\n": "      scheme: bearer\n" => "";
    "spec::missing-field" at "    card:\n": "      name: X-Card\n" => "";
    "spec::missing-field" at "clientCredentials": "          tokenUrl: https://login.example.com/token\n" => "";
    "spec::wrong-kind": "version: 1.4.0" => "version: 1.4";
    "spec::wrong-kind": "maxLength: 300" => "maxLength: many";
    "spec::wrong-kind": "nullable: true" => "nullable: 'yes'";
    "spec::wrong-kind": "minLength: 4" => "minLength: -4";
    "spec::unknown-word": "in: query" => "in: querry";
    "spec::unknown-word": "code:\n          type: integer" => "code:\n§          type: int";
    "spec::unknown-word": "style: form" => "style: bold";
    "spec::unknown-word": "type: oauth2" => "type: oauth";
    "spec::unknown-word": "type: http\n      scheme: bearer" => "type: mutualTLS";
    "spec::conflicting-fields": "nullable: true" => "readOnly: true\n§          writeOnly: true";
    "spec::empty-list": "enum:\n            - hard\n            - soft" => "enum: []";
    "spec::empty-list": "        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Book'\n            example:\n              title: A Walk by the River\n              pages: 212" => "        required: true\n§        content: {}";
    "spec::invalid-name": "    Problem:\n" => "    A Problem: {type: string}\n    Problem:\n";
    "spec::invalid-name": "name: X-Trace" => "name: X Trace";
    "spec::unsupported": "reason:\n          type: string" => "reason:\n§          not: {type: integer}";
    "spec::no-effect": "name: X-Trace" => "name: Content-Type";
    "spec::no-effect": "required: [name, pin]" => "required: []";
    "spec::status": "4XX:" => "4xx:";
    "spec::status": "'201':\n          description: It is" => "'601':\n          description: It is";
    "spec::duplicate-tag": "- name: Readers" => "- name: Books";
    "spec::body-without-meaning": "operationId: showBook" => "operationId: showBook\n§      requestBody: {content: {text/plain: {schema: {type: string}}}}";

    // References.
    "spec::ref-unresolved": "$ref: '#/components/schemas/BookPage'" => "$ref: '#/components/schemas/BooksPage'";
    "spec::ref-external": "$ref: '#/components/schemas/NewReader'" => "$ref: '../reader.yaml#/New'";
    "spec::ref-unresolved": "$ref: '#/components/schemas/NewReader'" => "$ref: 'reader.yaml#/New'";
    "spec::ref-kind": "$ref: '#/components/schemas/NewReader'" => "$ref: '#/components/responses/Refused'";
    "spec::ref-cycle": "    Problem:\n      type: object" => "    One: {$ref: '#/components/schemas/Two'}\n    Two: {$ref: '#/components/schemas/One'}\n    Problem:\n      type: object";
    "spec::ref-siblings": "$ref: '#/components/schemas/NewReader'" => "$ref: '#/components/schemas/NewReader'\n§              nullable: true";

    // Paths, parameters, operations.
    "spec::path-template": "/readers:" => "readers:";
    "spec::path-template": "/readers:" => "/readers//cards:";
    "spec::path-clash": "  /readers:" => "  /books/{number}:\n    get: {operationId: x, parameters: [{name: number, in: path, required: true, schema: {type: string}}], responses: {'204': {description: x}}}\n  /readers:";
    "spec::path-parameter": "/loans/{loan_id}" => "/loans/{loan_id}/{week}";
    "spec::path-parameter" and "spec::path-parameter": "- name: book_id" => "- name: bookid";
    "spec::path-parameter": "      name: loan_id\n      in: path\n      required: true" => "      name: loan_id\n      in: path\n§      required: false";
    "spec::duplicate-parameter": "- name: limit" => "- name: genre";
    "spec::parameter-style": "style: form" => "style: simple";
    "spec::operation-id": "operationId: showBook" => "operationId: listBooks";
    "spec::operation-id": "operationId: showBook" => "operationId: list_books";
    "rust::no-operation-id" at "    delete:": "      operationId: removeBook\n" => "";
    "rust::name-clash": "        born:\n          type: string\n          format: date" => "        nameBorn:\n          type: string\n§        name_born:\n          type: string";
    "rust::name-clash": "    Problem:\n" => "    new_reader: {type: string}\n    Problem:\n";
    "rust::name-clash": "- name: limit" => "- {name: Genre, in: query, schema: {type: string}}\n        - name: limit";
    "rust::enum-values": "- cook-book" => "- cook-book\n§              - cook_book";
    "rust::enum-values": "- cook-book" => "- ''";

    // Servers and security.
    "spec::server": "default: north" => "default: west";
    "spec::server": "https://{branch}.library" => "ftp://{branch}.library";
    "spec::server": "https://{branch}.library" => "https://{branch}.{land}.library";
    "spec::server": "https://{branch}.library" => "https://{branch.library";
    "spec::security": "- desk: []" => "- desks: []";
    "secret::in-server": "https://{branch}.library" => "https://ann:blue@{branch}.library";
    "safety::plain-http": "https://{branch}.library" => "http://{branch}.library";
    "safety::plain-http": "https://login" => "http://login";
    "safety::key-in-query": "name: X-Card\n      in: header" => "name: card\n§      in: query";
    "safety::unprotected-change" and "safety::unprotected-change" at "    post:": "security:\n  - desk: []\n" => "";

    // Secrets.
    "secret::unmarked": "pin:\n          type: string\n          format: password" => "pin:\n          type: string";
    "secret::unmarked": "- name: X-Trace" => "- name: X-Session-Token";
    "secret::unmarked": "next:\n          type: string" => "access_token:\n          type: string";
    "secret::in-url": "- name: genre\n          in: query\n          description: Books of this genre alone.\n          schema:" => "- name: genre\n          in: query\n          description: Books of this genre alone.\n          schema:\n            format: password";
    "secret::not-text": "code:\n          type: integer" => "code:\n          type: integer\n§          format: password";
    "secret::default": "minLength: 4" => "default: '1234'";
    "secret::in-example": "title: A Walk by the River" => "title: mysql://ann:tulip7@db.example.com/books";
    "secret::in-example": "reason:\n          type: string" => "reason:\n          type: string\n§          example: AKIA2ZQ7RT5WMB3XKL8D";
    "secret::in-example": "next:\n          type: string" => "next:\n          type: string\n§          default: '-----BEGIN EC PRIVATE KEY-----'";

    // Schemas.
    "schema::enum": "- soft" => "- hard";
    "schema::enum": "- soft" => "- 5";
    "schema::example": "example: 212" => "example: many";
    "schema::example": "pages: 212" => "pages: 0";
    "schema::example": "default: 20" => "default: 200";
    "schema::example": "example: 2024-02-29" => "example: 2023-02-29";
    "schema::format": "format: int64" => "format: int46";
    "schema::format" and "secret::unmarked": "format: password" => "format: pasword";
    "schema::bounds" and "schema::example": "minLength: 1\n" => "minLength: 301\n";
    "schema::bounds" and "schema::example": "minimum: 1\n            maximum: 100" => "minimum: 101\n            maximum: 100";
    "schema::required": "required: [name, pin]" => "required: [name, pin, name]";
    "schema::required" and "schema::example": "required:\n        - title\n" => "required:\n        - title\n§        - subtitle\n";
    "schema::pattern": "pattern: ^\\S.*$" => "pattern: ^(\\S.*$";
    "schema::array-items": "          type: array\n          items:\n            type: string\n" => "          type: array\n";
    "schema::keyword-type": "code:\n          type: integer" => "code:\n          type: integer\n§          maxLength: 5";

    // Extensions of the generator.
    "extension::shape": "operationId: renewLoan" => "operationId: renewLoan\n§      x-retry: perhaps";
    "extension::place": "title: Town library" => "title: Town library\n§  x-retry: safe";
    "extension::name": "operationId: renewLoan" => "operationId: renewLoan\n§      x-retri: safe";
    "extension::field": "reason:\n          type: string" => "reason:\n          type: string\n§          x-required-unless: {field: kode, equals: 1}";

    // What a client would say less of.
    "lower::media-types": "          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/BookPage'" => "          content:\n§            application/json;v=2: {schema: {type: string}}\n            application/json:\n              schema:\n                $ref: '#/components/schemas/BookPage'";
    "lower::header-type": "X-Total:\n              schema:\n                type: integer" => "X-Total:\n§              schema: {type: array, items: {type: string}}";
    "lower::headers": "        '200':\n          description: A page of books." => "        '204': {description: None., headers: {X-Total: {schema: {type: string}}}}\n        '200':\n          description: A page of books.";
    "lower::all-of": "reason:\n          type: string" => "reason:\n          allOf:\n§            - {type: string}\n            - {type: object, properties: {a: {type: string}}}";
}
