//! Where in an operation something stands, in words that are made only when they are needed.

use std::fmt;

use crate::change::Direction;

/// A place in what an operation sends or receives.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) direction: Direction,
    /// What it is in: ``the query parameter `limit` ``.
    root: &'a str,
    step: Option<&'a Step<'a>>,
}

/// A way from a value to one inside of it.
pub(super) struct Step<'a> {
    above: Option<&'a Step<'a>>,
    part: Part<'a>,
}

/// What of a value is meant.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    /// The property of this name.
    Property(&'a str),
    /// The items of a list.
    Items,
    /// The properties that have no name in the document.
    Others,
    /// What is looked at by its words only: an alternative, for one.
    Named(&'a str),
}

impl<'a> At<'a> {
    pub(super) fn new(direction: Direction, root: &'a str) -> Self {
        Self {
            direction,
            root,
            step: None,
        }
    }

    pub(super) fn step(&self, part: Part<'a>) -> Step<'a> {
        Step {
            above: self.step,
            part,
        }
    }

    pub(super) fn under<'b>(&self, step: &'b Step<'b>) -> At<'b>
    where
        'a: 'b,
    {
        At {
            direction: self.direction,
            root: self.root,
            step: Some(step),
        }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            Some(step) => {
                f.write_str("`")?;
                step.write(f)?;
                write!(f, "` of {}", self.root)
            }
            None => f.write_str(self.root),
        }
    }
}

impl Step<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dot = match self.above {
            Some(above) => {
                above.write(f)?;
                "."
            }
            None => "",
        };
        match self.part {
            // It stands between backticks.
            Part::Property(name) => write!(f, "{dot}{}", name.replace('`', "'")),
            Part::Items => f.write_str("[]"),
            Part::Others => f.write_str("{}"),
            Part::Named(words) => write!(f, "<{words}>"),
        }
    }
}
