//! Descriptions in labelled parts: "Constraints …", "Range …", "Default Value …".

use crate::vocabulary::is_none;

/// The parts of a description, without those that say there is nothing.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Labels {
    /// Whether there are labels at all.
    pub(super) labelled: bool,
    pub(super) constraints: Option<String>,
    pub(super) range: Option<String>,
    pub(super) default: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Definition,
    Constraints,
    Range,
    Default,
}

/// The labels; longer ones before their beginnings.
const LABELS: &[(Part, &str)] = &[
    (Part::Definition, "Parameter description"),
    (Part::Definition, "Definition"),
    (Part::Definition, "Explanation"),
    (Part::Definition, "Meaning"),
    (Part::Definition, "参数解释"),
    (Part::Definition, "Définition"),
    (Part::Definition, "Definición"),
    (Part::Definition, "Definição"),
    (Part::Definition, "Definitie"),
    (Part::Constraints, "Constraints"),
    (Part::Constraints, "Constraint"),
    (Part::Constraints, "Restrictions"),
    (Part::Constraints, "约束限制"),
    (Part::Constraints, "Contraintes"),
    (Part::Constraints, "Restricciones"),
    (Part::Constraints, "Restrições"),
    (Part::Constraints, "Beperkingen"),
    (Part::Range, "Value range"),
    (Part::Range, "Value Range"),
    (Part::Range, "Range"),
    (Part::Range, "取值范围"),
    (Part::Range, "Plage de valeurs"),
    (Part::Range, "Rango de valores"),
    (Part::Range, "Intervalo de valores"),
    (Part::Range, "Waardebereik"),
    (Part::Default, "Default value"),
    (Part::Default, "Default Value"),
    (Part::Default, "默认取值"),
    (Part::Default, "默认值"),
    (Part::Default, "Valeur par défaut"),
    (Part::Default, "Valor predeterminado"),
    (Part::Default, "Valor por defecto"),
    (Part::Default, "Valor padrão"),
    (Part::Default, "Standaardwaarde"),
];

/// Takes a description apart. A label stands on a line of its own, or at the beginning of a line
/// or sentence with a colon; where the text lost its lines, "Definition", "Range" and the rest
/// stand one after the other without.
pub(super) fn labels(text: &str) -> Labels {
    let run_together = ["Definition ", "Constraints ", "Range ", "Default Value "]
        .iter()
        .filter(|label| text.contains(**label))
        .count()
        >= 3;
    let mut found: Vec<(usize, usize, Part)> = Vec::new();
    let mut covered = 0;
    // The last sign before the place that is no blank or bullet, and the very last one.
    let mut sign = '\n';
    let mut last = '\n';
    for (at, c) in text.char_indices() {
        let begins = matches!(sign, '\n' | '.' | '。' | ':' | ';') || run_together && last == ' ';
        last = c;
        if !matches!(c, ' ' | '-' | '*') {
            sign = c;
        }
        if at < covered || !begins {
            continue;
        }
        let rest = text.get(at..).unwrap_or("");
        let Some((part, label)) = LABELS.iter().find(|(_, label)| rest.starts_with(label)) else {
            continue;
        };
        let after = rest.get(label.len()..).unwrap_or("");
        let tail = after.trim_start_matches([' ', '*']);
        let ends = tail.starts_with([':', '\n'])
            || tail.is_empty()
            || run_together && after.starts_with(' ');
        if ends {
            let skip = after.len() - tail.len() + usize::from(tail.starts_with(':'));
            covered = at + label.len() + skip;
            found.push((at, covered, *part));
        }
    }
    let mut out = Labels {
        labelled: !found.is_empty(),
        ..Labels::default()
    };
    for (index, (_, start, part)) in found.iter().enumerate() {
        let end = found.get(index + 1).map_or(text.len(), |(at, ..)| *at);
        let words = text.get(*start..end).unwrap_or("").trim();
        if is_none(words) {
            continue;
        }
        let slot = match part {
            Part::Definition => continue,
            Part::Constraints => &mut out.constraints,
            Part::Range => &mut out.range,
            Part::Default => &mut out.default,
        };
        *slot = slot.take().or_else(|| Some(words.to_owned()));
    }
    out
}
