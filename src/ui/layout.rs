//! Which panel stands where: presets, and what the person made of them.

use egui_tiles::{Container, Linear, LinearDir, TileId, Tiles, Tree};
use serde::{Deserialize, Serialize};

/// A panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pane {
    /// The list of responses.
    Responses,
    /// The response being read.
    Reader,
    /// The rubric editor.
    Rubric,
    /// The numbers.
    Results,
    /// Where one judges.
    Judge,
}

impl Pane {
    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Responses => "Responses",
            Self::Reader => "Response",
            Self::Rubric => "Rubric",
            Self::Results => "Results",
            Self::Judge => "Judge",
        }
    }
}

/// A ready-made arrangement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preset {
    /// Everything side by side.
    #[default]
    Design,
    /// Text large, rubric beside it.
    Review,
    /// The numbers large.
    Results,
}

impl Preset {
    /// All presets, in order.
    pub const ALL: [Self; 3] = [Self::Design, Self::Review, Self::Results];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Design => "Design",
            Self::Review => "Review",
            Self::Results => "Results",
        }
    }

    /// The arrangement.
    pub fn tree(self) -> Tree<Pane> {
        let mut tiles = Tiles::default();
        let [list, reader, rubric, results, judge] =
            [Pane::Responses, Pane::Reader, Pane::Rubric, Pane::Results, Pane::Judge].map(|pane| {
                let id = tiles.insert_pane(pane);
                tiles.insert_tab_tile(vec![id])
            });
        let root = match self {
            Self::Design => {
                move_panes(&mut tiles, judge, rubric);
                let top = split(&mut tiles, LinearDir::Horizontal, &[(list, 0.19), (reader, 0.47), (rubric, 0.34)]);
                split(&mut tiles, LinearDir::Vertical, &[(top, 0.70), (results, 0.30)])
            }
            Self::Review => {
                let tabs = tiles.insert_tab_tile(Vec::new());
                for tile in [judge, rubric, results] {
                    move_panes(&mut tiles, tile, tabs);
                }
                split(&mut tiles, LinearDir::Horizontal, &[(list, 0.18), (reader, 0.55), (tabs, 0.27)])
            }
            Self::Results => {
                let tabs = tiles.insert_tab_tile(Vec::new());
                for tile in [reader, rubric, judge] {
                    move_panes(&mut tiles, tile, tabs);
                }
                let below = split(&mut tiles, LinearDir::Horizontal, &[(list, 0.28), (tabs, 0.72)]);
                split(&mut tiles, LinearDir::Vertical, &[(results, 0.55), (below, 0.45)])
            }
        };
        Tree::new(egui::Id::unique("panels"), root, tiles)
    }
}

/// A container that gives each child its share.
fn split(tiles: &mut Tiles<Pane>, direction: LinearDir, children: &[(TileId, f32)]) -> TileId {
    let mut linear = Linear::new(direction, children.iter().map(|(id, _)| *id).collect());
    for &(id, share) in children {
        linear.shares.set_share(id, share);
    }
    tiles.insert_container(Container::Linear(linear))
}

/// Moves the panes of one group of tabs into another.
fn move_panes(tiles: &mut Tiles<Pane>, from: TileId, to: TileId) {
    let Some(egui_tiles::Tile::Container(from)) = tiles.remove(from) else { return };
    let panes: Vec<TileId> = from.children().copied().collect();
    if let Some(egui_tiles::Tile::Container(Container::Tabs(tabs))) = tiles.get_mut(to) {
        for pane in panes {
            tabs.add_child(pane);
            tabs.active.get_or_insert(pane);
        }
    }
}

/// Brings `pane` to the front of its tabs.
pub fn reveal(tree: &mut Tree<Pane>, pane: Pane) {
    tree.make_active(|_, tile| matches!(tile, egui_tiles::Tile::Pane(known) if *known == pane));
}

/// Whether every panel stands in `tree` exactly once; a remembered layout of an older version may not.
pub fn is_whole(tree: &Tree<Pane>) -> bool {
    [Pane::Responses, Pane::Reader, Pane::Rubric, Pane::Results, Pane::Judge].iter().all(|wanted| {
        tree.tiles.tiles().filter(|tile| matches!(tile, egui_tiles::Tile::Pane(pane) if pane == wanted)).count() == 1
    })
}

#[cfg(test)]
mod tests {
    use super::{Preset, is_whole};

    #[test]
    fn every_preset_shows_every_panel() {
        for preset in Preset::ALL {
            assert!(is_whole(&preset.tree()), "{preset:?}");
        }
    }
}
