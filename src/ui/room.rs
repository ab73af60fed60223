//! Room for columns: where three or four of them are too narrow beside the list, it lends them its own, and has it back as
//! soon as they are gone.

use super::layout::Pane;
use egui_tiles::{Container, Linear, LinearDir, Tile, TileId, Tiles, Tree};

/// How wide a column is to be, in points, before the list lends it room.
const COMFORTABLE: f32 = 250.0;
/// Fewer columns than this are wide enough beside the list.
const MANY: usize = 3;

/// What the list lends for one frame. The arrangement itself stays as the person made it.
pub(super) struct Loan {
    row: TileId,
    list: TileId,
    reader: TileId,
    share: f32,
}

/// What `columns` side by side take to be read with ease, in points; `None` where they never want for room.
pub(super) fn wanted(columns: usize) -> Option<f32> {
    (columns >= MANY).then_some(columns as f32 * COMFORTABLE)
}

/// The loan that gives columns the room they want, in a window so many points wide; `None` where they have it, or where
/// the list does not stand beside them.
pub(super) fn loan(tree: &Tree<Pane>, width: f32, gap: f32, wanted: f32) -> Option<Loan> {
    let tiles = &tree.tiles;
    let list = alone(tiles, tiles.find_pane(&Pane::Responses)?);
    let row = tiles.parent_of(list)?;
    let linear = linear(tiles, row).filter(|linear| linear.dir == LinearDir::Horizontal)?;
    let mut reader = tiles.find_pane(&Pane::Reader)?;
    while !linear.children.contains(&reader) {
        reader = tiles.parent_of(reader)?;
    }
    let width = tiles.rect(row).map_or(width, |rect| rect.width()) - gap * (linear.children.len() as f32 - 1.0);
    let shares = linear.shares.split(&linear.children, width);
    let room = linear.children.iter().zip(shares).find(|(child, _)| **child == reader)?.1;
    (room < wanted).then_some(Loan { row, list, reader, share: linear.shares[list] })
}

impl Loan {
    /// Takes the list out of sight, for the columns.
    pub(super) fn give(&self, tree: &mut Tree<Pane>) {
        tree.set_visible(self.list, false);
        self.lend(tree, self.share);
    }

    /// Puts the list back where it was.
    pub(super) fn give_back(&self, tree: &mut Tree<Pane>) {
        tree.set_visible(self.list, true);
        self.lend(tree, -self.share);
    }

    fn lend(&self, tree: &mut Tree<Pane>, share: f32) {
        if let Some(Tile::Container(Container::Linear(linear))) = tree.tiles.get_mut(self.row) {
            // A divider may have been dragged meanwhile.
            let share = (linear.shares[self.reader] + share).max(0.02);
            linear.shares.set_share(self.reader, share);
        }
    }
}

/// The outermost tile that has `pane` and nothing else.
fn alone(tiles: &Tiles<Pane>, pane: TileId) -> TileId {
    let mut outermost = pane;
    while let Some(parent) = tiles.parent_of(outermost)
        && tiles.get_container(parent).is_some()
        && children(tiles, parent) == 1
    {
        outermost = parent;
    }
    outermost
}

fn children(tiles: &Tiles<Pane>, id: TileId) -> usize {
    match tiles.get(id) {
        Some(Tile::Container(container)) => container.num_children(),
        Some(Tile::Pane(_)) | None => 0,
    }
}

fn linear(tiles: &Tiles<Pane>, id: TileId) -> Option<&Linear> {
    match tiles.get(id)? {
        Tile::Container(Container::Linear(linear)) => Some(linear),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{loan, wanted};
    use crate::ui::layout::{Pane, Preset};
    use egui_tiles::{Container, Tile, TileId, Tree};

    /// The shares of all panels, and those that are out of sight.
    fn arrangement(tree: &Tree<Pane>) -> (Vec<(TileId, f32)>, usize) {
        let mut shares = Vec::new();
        for tile in tree.tiles.tiles() {
            if let Tile::Container(Container::Linear(linear)) = tile {
                shares.extend(linear.children.iter().map(|&child| (child, linear.shares[child])));
            }
        }
        shares.sort_by_key(|(id, _): &(TileId, f32)| format!("{id:?}"));
        let hidden = tree.tiles.tile_ids().filter(|&id| !tree.is_visible(id)).count();
        (shares, hidden)
    }

    #[test]
    fn the_list_lends_room_only_where_it_is_wanted_and_has_it_back() {
        let cases = [
            (Preset::Review, 1600.0, 2, false),
            (Preset::Review, 1600.0, 3, false),
            (Preset::Review, 1600.0, 4, true),
            (Preset::Review, 2400.0, 4, false),
            (Preset::Review, 1024.0, 2, false),
            (Preset::Review, 1024.0, 3, true),
            (Preset::Design, 1600.0, 4, true),
            (Preset::Results, 1024.0, 4, true),
        ];
        for (preset, width, columns, lends) in cases {
            let mut tree = preset.tree();
            let (before, _) = arrangement(&tree);
            let loan = wanted(columns).and_then(|wanted| loan(&tree, width, 3.0, wanted));
            assert_eq!(loan.is_some(), lends, "{columns} columns at {width}, {preset:?}");
            let Some(loan) = loan else { continue };
            loan.give(&mut tree);
            assert_eq!(arrangement(&tree).1, 1, "the list is out of sight, {preset:?}");
            loan.give_back(&mut tree);
            let (after, hidden) = arrangement(&tree);
            assert_eq!(hidden, 0);
            for (before, after) in before.iter().zip(&after) {
                assert!(before.0 == after.0 && (before.1 - after.1).abs() < 1e-6, "{preset:?}: {before:?} {after:?}");
            }
        }
    }
}
