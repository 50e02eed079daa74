//! The first page: every operation, and what a simulator can be told as a whole.

use maud::{Markup, html};

use super::Explorer;
use super::layout::{fault_choice, ledger, operations, page as shell};

pub(super) fn page(explorer: &Explorer<'_>) -> String {
    let services = &explorer.model.services;
    let count: usize = services.iter().map(|it| it.operations.len()).sum();
    let content = html! {
        main #main class="index" tabindex="-1" {
            h1 { "Operations" }
            p class="lead" {
                (counted(count, "operation")) " of " (counted(services.len(), "service"))
                @if explorer.is_live {
                    ", simulated on this machine. Nothing here reaches any other."
                } @else {
                    ", as their documents describe them. To try them, run the simulator."
                }
            }
            @if explorer.is_live {
                noscript { p class="note" { "Without JavaScript this is a reference: forms, faults and the ledger need it." } }
            }
            div #operations class="cards" { (operations(explorer, "", None)) }
            (faults(explorer))
            (ledger(explorer))
        }
    };
    shell(explorer, "API explorer", "", &content)
}

/// What goes wrong by rule.
fn faults(explorer: &Explorer<'_>) -> Markup {
    html! {
        @if explorer.is_live {
            section #faults class="needs-js" data-rules {
                h2 { "Faults" }
                p class="muted" {
                    "What goes wrong with a share of all calls. The same seed makes the same run."
                }
                ul class="rules" data-list {}
                form {
                    div class="row" {
                        div {
                            label for="rule-operation" { "Operation" }
                            select #rule-operation data-operation-choice {
                                option value="" { "all" }
                                @for service in &explorer.model.services {
                                    @for operation in &service.operations {
                                        option data-of=(service.name) data-id=(operation.id) value={ (service.name) " " (operation.id) } {
                                            (service.name) " " (operation.id)
                                        }
                                    }
                                }
                            }
                        }
                        div {
                            label for="rule-share" { "Share of calls" }
                            input #rule-share type="number" min="0" max="1" step="any" value="0.5" required data-share;
                        }
                        div {
                            label for="rule-seed" { "Seed" }
                            input #rule-seed type="number" min="0" step="1" value="0" required data-seed;
                        }
                    }
                    (fault_choice("rule-fault", "choose one"))
                    div class="actions" {
                        button type="submit" class="primary" { "Add the rule" }
                        p role="status" data-said {}
                    }
                }
            }
        }
    }
}

fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
