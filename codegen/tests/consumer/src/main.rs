//! Reads a note, from a fake of the service.

use notes_client::mock::Mock;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mock = Mock::new();
    mock.notes().get_notes_by_id().returns_example();
    let note = mock.client().notes().get_notes_by_id("1").send().await?;
    assert!(note.by.is_none());
    println!("{}", note.text);
    Ok(())
}
