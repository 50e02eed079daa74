//! The file with settings.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_saphyr::Spanned;

use super::SETTINGS;
use crate::problem::Problem;

/// The most that is read; a whole file has a few hundred bytes.
const LARGEST: u64 = 64 * 1024;

/// Reads the file that is named, or the one in its usual place if that is there: name, value and where
/// it stands of each setting.
///
/// # Errors
/// When it cannot be read, when somebody else could have written it, or when something in it is no
/// setting.
pub(super) fn read(named: Option<PathBuf>) -> Result<Vec<(&'static str, String, String)>, Problem> {
    let must_be_there = named.is_some();
    let Some(path) = named.or_else(usual) else {
        return Ok(Vec::new());
    };
    let wrong = |what: String| Problem::Usage(format!("{}: {what}", path.display()));
    let text = match open(&path) {
        Ok(text) => text,
        Err(error) if is_absence(&error) && !must_be_there => return Ok(Vec::new()),
        Err(error) => return Err(wrong(format!("the settings cannot be read: {error}"))),
    };
    parse(&text, &path).map_err(wrong)
}

fn is_absence(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};

    matches!(error.kind(), NotFound | NotADirectory)
}

/// `hwc-password/config.yaml` where the system keeps configurations.
fn usual() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let folder = match cfg!(windows) {
        true => PathBuf::from(set("APPDATA")?),
        false => set("XDG_CONFIG_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(set("HOME")?).join(".config")))?,
    };
    Some(folder.join("hwc-password").join("config.yaml"))
}

fn open(path: &Path) -> io::Result<String> {
    let file = fs::File::open(path)?;
    trusted(&file)?;
    let mut text = String::new();
    file.take(LARGEST + 1).read_to_string(&mut text)?;
    match text.len() as u64 > LARGEST {
        true => Err(io::Error::other("it is longer than 64 KiB")),
        false => Ok(text),
    }
}

/// Whoever can write the file decides where passwords go.
#[cfg(unix)]
fn trusted(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;

    let metadata = file.metadata()?;
    let owner = metadata.uid();
    if metadata.mode() & 0o022 != 0 {
        return Err(io::Error::other(
            "others can write it, and so lead passwords elsewhere; take that away with chmod go-w",
        ));
    }
    if owner != 0 && owner != rustix::process::geteuid().as_raw() {
        return Err(io::Error::other("it belongs to another user"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn trusted(_: &fs::File) -> io::Result<()> {
    Ok(())
}

fn parse(text: &str, path: &Path) -> Result<Vec<(&'static str, String, String)>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    // What such an error quotes may be a login of a proxy.
    let read: BTreeMap<String, Spanned<String>> =
        serde_saphyr::from_str(text).map_err(|error| match error.location() {
            Some(place) => format!(
                "line {}: it is not `name: value`, line by line",
                place.line()
            ),
            None => "it is not `name: value`, line by line".to_owned(),
        })?;
    let mut settings = Vec::new();
    for (name, value) in read {
        let line = value.referenced.line();
        let Some(setting) = SETTINGS.iter().find(|it| it.name == name) else {
            let names: Vec<_> = SETTINGS.iter().map(|it| it.name).collect();
            return Err(format!(
                "line {line}: there is no such setting; these are: {}",
                names.join(", ")
            ));
        };
        let place = format!("{}, line {line}, {}", path.display(), setting.name);
        settings.push((setting.name, value.value, place));
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<(&'static str, String)>, String> {
        let read = parse(text, Path::new("c.yaml"))?;
        Ok(read
            .into_iter()
            .map(|(name, value, _)| (name, value))
            .collect())
    }

    #[test]
    fn settings_are_read_by_name_whatever_their_type() {
        let read = read_text("# mine\nregion: cn-north-4\nattempts: 3\nallow-plain-http: true\n");
        let expected = [
            ("allow-plain-http", "true"),
            ("attempts", "3"),
            ("region", "cn-north-4"),
        ];
        let expected = expected.map(|(name, value)| (name, value.to_owned()));
        assert_eq!(read.unwrap(), expected);
        assert_eq!(read_text(" \n").unwrap(), []);
    }

    #[test]
    fn what_is_no_setting_is_told_with_its_line_and_not_repeated() {
        let error = read_text("region: x\nproxi: http://me:Secret@p\n").unwrap_err();
        assert!(
            error.starts_with("line 2: there is no such setting; these are: region,"),
            "{error}"
        );
        for text in [
            "region: [Secret]\n",
            "Secret\n",
            "region: x\n  Secret: y: z\n",
        ] {
            let error = read_text(text).unwrap_err();
            assert!(
                error.contains("not `name: value`") && !error.contains("Secret"),
                "{error}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_write_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        fs::write(&path, "region: cn-north-4\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
        let error = read(Some(path.clone())).unwrap_err();
        assert!(error.to_string().contains("chmod go-w"), "{error}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(read(Some(path)).unwrap().len(), 1);
        let missing = read(Some(folder.path().join("missing"))).unwrap_err();
        assert_eq!(missing.exit(), 2);
    }
}
