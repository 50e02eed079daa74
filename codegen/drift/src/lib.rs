//! Keeps the documents of `spec/` true to the vendor's pages.
//!
//! ```text
//! page      facts of a page          → claims     (what is said about which subject)
//! document  an operation of spec/    → claims     with the bytes that say them
//! pair      page + documents         → the operation that the page is about
//! group     definitions and pages    → those of one operation together
//! check     both claims + the lock   → differences, each with its standing
//! lock      spec/docs.lock: what was reviewed, what deviates on purpose
//! accept    page + lock              → a review on record
//! patch     differences + text       → the document fixed by splicing, nothing rewritten
//! draft     pages + documents        → an operation or a document that is new, with questions
//! harmless  what a draft may show of examples and defaults
//! edited    documents before and after → a diff, or files
//! update    all of it + the generator, all or nothing
//! fetch     externalDocs             → a folder of pages and definitions
//! report    differences              → text, JSON, SARIF, GitHub annotations, Markdown
//! ```

pub mod accept;
pub mod check;
pub mod claim;
pub mod code;
pub mod day;
pub mod document;
pub mod draft;
pub mod edited;
pub mod fetch;
pub mod foreign;
pub mod group;
mod harmless;
mod lines;
pub mod lock;
pub mod page;
pub mod pair;
pub mod patch;
mod piece;
pub mod report;
pub mod scalar;
#[cfg(test)]
mod testing;
pub mod update;
pub mod witness;
