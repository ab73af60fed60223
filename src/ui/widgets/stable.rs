//! Fields that keep their identity while lines come and go around them.

use egui::{AsIdSalt, Ui, UiBuilder};

/// Shows `add` under an identity made of `salt` alone. egui numbers what has no name of its own, so a line that
/// appears above a field, such as what an edit did, would otherwise take the focus, or the drag, out of it.
pub fn stable<R>(ui: &mut Ui, salt: impl AsIdSalt, add: impl FnOnce(&mut Ui) -> R) -> R {
    let id = ui.scope_id().with(salt);
    ui.scope_builder(UiBuilder::new().scope_id(id), add).inner
}
