//! Tries the generator on documents of all the world: `docs/coverage.md` says how, and what came of it.

mod compile;
mod document;
mod fuzz;
mod lot;
mod makers;
mod survey;
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Parser;
use mimalloc::MiMalloc;

/// That of the command, which is what is measured.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[derive(Parser)]
#[command(about = "Tries the generator on documents of all the world")]
enum Command {
    /// Renders every document of a folder, each in a process of its own with a limit of time and
    /// memory, and prints the table of what became of them.
    Survey {
        /// The folder; documents are the files that end in .json, .yaml or .yml, at any depth.
        folder: PathBuf,
        /// Keep what became of each document, one line of JSON each.
        #[arg(long)]
        lines: Option<PathBuf>,
        /// How many at a time; as many as there are processors if it is not said.
        #[arg(long)]
        jobs: Option<usize>,
    },
    /// Prints the table of lines that a survey kept.
    Table {
        /// The lines.
        lines: PathBuf,
    },
    /// Draws documents of a survey by lot and prints their paths, one a line, sorted.
    Sample {
        /// The lines that the survey kept.
        lines: PathBuf,
        /// How many.
        #[arg(long, default_value_t = 60)]
        count: usize,
        /// The same seed draws the same documents.
        #[arg(long, default_value_t = 11)]
        seed: u64,
        /// Documents with more operations are not drawn.
        #[arg(long, default_value_t = 300)]
        at_most: usize,
    },
    /// Makes a crate of each document of a list, and checks all of them with Cargo as one workspace:
    /// library, tests and examples.
    Compile {
        /// The folder that the paths of the list start at.
        folder: PathBuf,
        /// The list, one path a line.
        list: PathBuf,
        /// The folder of the workspace; outside of this repository.
        #[arg(long)]
        out: PathBuf,
        /// The library alone, for large documents.
        #[arg(long)]
        lib: bool,
    },
    /// Makes one call of each kind of body, parameter and credential that documents of a list have,
    /// to a server on which readers of the documents that are not ours decode them.
    Makers {
        /// The folder that the paths of the list start at.
        folder: PathBuf,
        /// The list, one path a line.
        list: PathBuf,
        /// The folder of the workspace; outside of this repository.
        #[arg(long)]
        out: PathBuf,
        /// A Python that has what `codegen/coverage/reader/requirements.txt` lists.
        #[arg(long, default_value = "python3")]
        python: PathBuf,
        /// How many calls of each kind, where the document has so many.
        #[arg(long, default_value_t = 1)]
        each: usize,
    },
    /// Changes documents by lot and renders each: neither a panic nor a hang is an end. Ends with 1 if
    /// there was one.
    Fuzz {
        /// The folders that the documents are in.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
        /// How many documents.
        #[arg(long, default_value_t = 1000)]
        rounds: usize,
        /// The same seed makes the same documents.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Where cases that failed are kept; they are tried first.
        #[arg(long, default_value = "codegen/coverage/corpus")]
        corpus: PathBuf,
    },
    /// Renders one document and prints one line of JSON: what the processes of a survey do.
    #[command(hide = true)]
    One {
        /// The document.
        path: PathBuf,
    },
}

fn main() -> Result<(), Box<dyn Error>> {
    match Command::parse() {
        Command::Survey {
            folder,
            lines,
            jobs,
        } => {
            let documents = survey::documents(&folder)?;
            let lines = lines.map(std::fs::File::create).transpose()?;
            let results = survey::all(&folder, &documents, jobs, lines)?;
            print!("{}", table::of(&results));
        }
        Command::Table { lines } => print!("{}", table::of(&read(&lines)?)),
        Command::Sample {
            lines,
            count,
            seed,
            at_most,
        } => {
            for path in survey::drawn(&read(&lines)?, count, seed, at_most) {
                println!("{path}");
            }
        }
        Command::Compile {
            folder,
            list,
            out,
            lib,
        } => {
            let list = std::fs::read_to_string(list)?;
            let list: Vec<_> = list.lines().filter(|it| !it.is_empty()).collect();
            compile::all(&folder, &list, &out, lib)?;
        }
        Command::Fuzz {
            folders,
            rounds,
            seed,
            corpus,
        } => {
            let failed = fuzz::run(&folders, &corpus, rounds, seed)?;
            if failed > 0 {
                return Err(format!("{failed} documents did not end as they should").into());
            }
        }
        Command::Makers {
            folder,
            list,
            out,
            python,
            each,
        } => {
            let list = std::fs::read_to_string(list)?;
            let list: Vec<_> = list.lines().filter(|it| !it.is_empty()).collect();
            makers::all(&folder, &list, &out, &python, each)?;
        }
        Command::One { path } => println!("{}", document::one(&path)?),
    }
    Ok(())
}

fn read(lines: &Path) -> Result<Vec<serde_json::Value>, Box<dyn Error>> {
    let text = std::fs::read_to_string(lines)?;
    let lines = text.lines().map(serde_json::from_str);
    Ok(lines.collect::<Result<_, _>>()?)
}
