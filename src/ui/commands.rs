//! Everything that can be done without an argument, in one table: menus, palette, shortcuts and the sheet of
//! shortcuts derive from it.

mod judge;

pub use judge::{JudgeCommand, When};

use super::keys::{self, KeyMap};
use egui::{Key, KeyboardShortcut, Modifiers};

/// Something the person can ask for from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UiCommand {
    /// Open a project folder, a packed project, or response files.
    Open,
    /// Open a project folder.
    OpenFolder,
    /// Add response files to the project.
    Import,
    /// Open the bundled demo.
    OpenDemo,
    /// Save.
    Save,
    /// Save under another name.
    SaveAs,
    /// Take over another rubric.
    OpenRubric,
    /// Export the scored responses.
    Export,
    /// What importing had to say.
    ShowReport,
    /// What counts as an anomaly.
    FlagThresholds,
    /// Compare the numbers with another project folder.
    CompareFolder,
    /// Compare the numbers with a file of responses.
    CompareFile,
    /// Do what the line below the bar offers.
    Answer,
    /// Close the window.
    Quit,
    /// One step back.
    Undo,
    /// One step forward.
    Redo,
    /// Add a dimension.
    AddDimension,
    /// Add a criterion to the selected dimension.
    AddCriterion,
    /// Add a criterion that people rate.
    AddHumanCriterion,
    /// Copy the selected node.
    Duplicate,
    /// Remove the selected node.
    Remove,
    /// Select the next node of the rubric.
    NextNode,
    /// Select the previous node of the rubric.
    PreviousNode,
    /// Move the selected node up.
    MoveUp,
    /// Move the selected node down.
    MoveDown,
    /// Read the next response.
    NextResponse,
    /// Read the previous response.
    PreviousResponse,
    /// Go to the next evidence.
    NextMark,
    /// Go to the previous evidence.
    PreviousMark,
    /// Responses side by side, or one alone.
    Compare,
    /// Mark the words that differ.
    Differences,
    /// Scroll columns together or apart.
    ScrollTogether,
    /// Keep the list beside columns.
    KeepList,
    /// Compare the next prompt or pair.
    NextComparison,
    /// Compare the previous prompt or pair.
    PreviousComparison,
    /// Read the first column.
    Column1,
    /// Read the second column.
    Column2,
    /// Read the third column.
    Column3,
    /// Read the fourth column.
    Column4,
    /// Type into the filter.
    Filter,
    /// List everything again.
    ClearFilter,
    /// Render Markdown, or show the text as it is.
    ToggleRendered,
    /// Proportional or monospaced text.
    ToggleMonospace,
    /// Show the whole prompt, or its first line.
    TogglePrompt,
    /// The layout for designing a rubric.
    LayoutDesign,
    /// The layout for reading.
    LayoutReview,
    /// The layout for the numbers.
    LayoutResults,
    /// Dark or light.
    ToggleTheme,
    /// Find a command by name.
    Palette,
    /// The sheet of shortcuts.
    Shortcuts,
    /// Write a file in which keys can be changed.
    WriteKeys,
    /// Read the file of keys again.
    ReadKeys,
    /// Something to do while judging.
    Judge(JudgeCommand),
}

/// Where a command stands in menus and on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Files.
    Project,
    /// Changes to the rubric.
    Edit,
    /// Reading.
    Read,
    /// Judging.
    Judge,
    /// Looks.
    View,
}

impl Group {
    /// All groups, in order.
    pub const ALL: [Self; 5] = [Self::Project, Self::Edit, Self::Read, Self::Judge, Self::View];

    /// The name of its menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "Project",
            Self::Edit => "Edit",
            Self::Read => "Read",
            Self::Judge => "Judge",
            Self::View => "View",
        }
    }
}

/// How a command presents itself.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// Its name, sentence case; `…` when it asks for more.
    pub name: &'static str,
    /// One sentence.
    pub help: &'static str,
    /// Its menu.
    pub group: Group,
    /// Its keys, unless the person gave it others: see [`super::keys`].
    pub keys: Option<KeyboardShortcut>,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn keys(modifiers: Modifiers, key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(modifiers, key))
}

impl UiCommand {
    /// All commands, in the order of menus.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().chain(JudgeCommand::ALL.map(Self::Judge))
    }

    /// Those that are not of judging.
    const ALL: [Self; 52] = [
        Self::Open,
        Self::OpenFolder,
        Self::Import,
        Self::OpenDemo,
        Self::Save,
        Self::SaveAs,
        Self::OpenRubric,
        Self::Export,
        Self::ShowReport,
        Self::FlagThresholds,
        Self::CompareFolder,
        Self::CompareFile,
        Self::Answer,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::AddDimension,
        Self::AddCriterion,
        Self::AddHumanCriterion,
        Self::Duplicate,
        Self::Remove,
        Self::NextNode,
        Self::PreviousNode,
        Self::MoveUp,
        Self::MoveDown,
        Self::NextResponse,
        Self::PreviousResponse,
        Self::NextMark,
        Self::PreviousMark,
        Self::Compare,
        Self::Differences,
        Self::ScrollTogether,
        Self::KeepList,
        Self::NextComparison,
        Self::PreviousComparison,
        Self::Column1,
        Self::Column2,
        Self::Column3,
        Self::Column4,
        Self::Filter,
        Self::ClearFilter,
        Self::ToggleRendered,
        Self::ToggleMonospace,
        Self::TogglePrompt,
        Self::LayoutDesign,
        Self::LayoutReview,
        Self::LayoutResults,
        Self::ToggleTheme,
        Self::Palette,
        Self::Shortcuts,
        Self::WriteKeys,
        Self::ReadKeys,
    ];

    /// How it presents itself.
    pub fn info(self) -> Info {
        use Group::{Edit, Project, Read, View};
        if let Self::Judge(command) = self {
            return command.info();
        }
        let (name, help, group, keys) = match self {
            Self::Open => ("Open…", "Open files of responses or a .rubrica file.", Project, keys(CTRL, Key::O)),
            Self::OpenFolder => ("Open folder…", "Open a project that is a folder.", Project, keys(CTRL_SHIFT, Key::O)),
            Self::Import => (
                "Import responses…",
                "Add files of responses, prompts or models to this project.",
                Project,
                keys(CTRL, Key::I),
            ),
            Self::OpenDemo => ("Open the demo", "Eight prompts, four models, and flaws worth finding.", Project, None),
            Self::Save => ("Save", "Save the project; an unsaved one asks where.", Project, keys(CTRL, Key::S)),
            Self::SaveAs => (
                "Save as…",
                "Save under another name, as a folder or one .rubrica file.",
                Project,
                keys(CTRL_SHIFT, Key::S),
            ),
            Self::OpenRubric => (
                "Use a rubric file…",
                "Replace the rubric by one from a file; undo brings the old one back.",
                Project,
                None,
            ),
            Self::Export => ("Export scores…", "Write scores as JSON Lines, CSV or RON.", Project, keys(CTRL, Key::E)),
            Self::ShowReport => ("Import report", "What was read, skipped and did not join.", Project, None),
            Self::FlagThresholds => {
                ("Flag thresholds…", "Choose what counts as an anomaly of a response.", Project, None)
            }
            Self::CompareFolder => (
                "Compare with a project folder…",
                "See what flipped since an earlier project with the same prompts.",
                Project,
                None,
            ),
            Self::CompareFile => (
                "Compare with a file…",
                "See what flipped since an earlier import, or a packed project, of the same prompts.",
                Project,
                None,
            ),
            Self::Answer => (
                "Do what is offered",
                "Do what the line below the bar offers: restore, try again, look again, or open the last project.",
                Project,
                keys(CTRL_SHIFT, Key::Enter),
            ),
            Self::Quit => ("Quit", "Close the window.", Project, keys(CTRL, Key::Q)),
            Self::Undo => ("Undo", "Take the last change back.", Edit, keys(CTRL, Key::Z)),
            Self::Redo => ("Redo", "Make the change again.", Edit, keys(CTRL_SHIFT, Key::Z)),
            Self::AddDimension => {
                ("Add dimension", "Add a weighted group of criteria.", Edit, keys(CTRL_SHIFT, Key::N))
            }
            Self::AddCriterion => {
                ("Add criterion", "Add a criterion to the selected dimension.", Edit, keys(CTRL, Key::N))
            }
            Self::AddHumanCriterion => {
                ("Add a criterion for people", "Add a criterion that reviewers rate from 1 to 5.", Edit, None)
            }
            Self::Duplicate => ("Duplicate", "Copy the selected criterion or dimension.", Edit, keys(CTRL, Key::D)),
            Self::Remove => ("Remove", "Remove the selected criterion or dimension.", Edit, keys(CTRL, Key::Backspace)),
            Self::NextNode => {
                ("Next criterion", "Select the next node of the rubric.", Edit, keys(CTRL, Key::ArrowDown))
            }
            Self::PreviousNode => {
                ("Previous criterion", "Select the previous node of the rubric.", Edit, keys(CTRL, Key::ArrowUp))
            }
            Self::MoveUp => {
                ("Move up", "Move the selected node before its predecessor.", Edit, keys(Modifiers::ALT, Key::ArrowUp))
            }
            Self::MoveDown => {
                ("Move down", "Move the selected node after its successor.", Edit, keys(Modifiers::ALT, Key::ArrowDown))
            }
            Self::NextResponse => {
                ("Next response", "Read the next response of the list.", Read, keys(Modifiers::NONE, Key::J))
            }
            Self::PreviousResponse => {
                ("Previous response", "Read the previous response of the list.", Read, keys(Modifiers::NONE, Key::K))
            }
            Self::NextMark => {
                ("Next evidence", "Go to the next highlighted place.", Read, keys(Modifiers::NONE, Key::N))
            }
            Self::PreviousMark => {
                ("Previous evidence", "Go to the previous highlighted place.", Read, keys(Modifiers::NONE, Key::P))
            }
            Self::Compare => (
                "Side by side",
                "Read two to four responses to the prompt beside each other, or one alone.",
                Read,
                keys(Modifiers::NONE, Key::C),
            ),
            Self::Differences => {
                ("Differences", "Mark the words in which columns differ.", Read, keys(Modifiers::NONE, Key::D))
            }
            Self::ScrollTogether => (
                "Scroll together",
                "Let columns follow the one that is scrolled, or scroll each alone.",
                Read,
                keys(Modifiers::NONE, Key::Y),
            ),
            Self::KeepList => (
                "List beside columns",
                "Keep the list, or the queue, beside three or four columns; else it lends them its room.",
                Read,
                keys(Modifiers::NONE, Key::H),
            ),
            Self::NextComparison => {
                ("Next comparison", "Compare the next prompt or pair.", Read, keys(Modifiers::NONE, Key::CloseBracket))
            }
            Self::PreviousComparison => (
                "Previous comparison",
                "Compare the previous prompt or pair.",
                Read,
                keys(Modifiers::NONE, Key::OpenBracket),
            ),
            Self::Column1 => ("Column A", "Read the first column.", Read, keys(Modifiers::NONE, Key::Num1)),
            Self::Column2 => ("Column B", "Read the second column.", Read, keys(Modifiers::NONE, Key::Num2)),
            Self::Column3 => ("Column C", "Read the third column.", Read, keys(Modifiers::NONE, Key::Num3)),
            Self::Column4 => ("Column D", "Read the fourth column.", Read, keys(Modifiers::NONE, Key::Num4)),
            Self::Filter => ("Filter", "Type into the filter box.", Read, keys(CTRL, Key::F)),
            Self::ClearFilter => ("Clear the filter", "List every response again.", Read, keys(CTRL_SHIFT, Key::F)),
            Self::ToggleRendered => (
                "Render Markdown",
                "Show the response rendered, or as it is with its evidence.",
                View,
                keys(CTRL, Key::M),
            ),
            Self::ToggleMonospace => {
                ("Monospaced text", "Show responses in a monospaced face.", View, keys(CTRL_SHIFT, Key::M))
            }
            Self::TogglePrompt => {
                ("Whole prompt", "Show the whole prompt, or its first line.", Read, keys(Modifiers::NONE, Key::Q))
            }
            Self::LayoutDesign => ("Design layout", "Everything side by side.", View, keys(CTRL, Key::Num1)),
            Self::LayoutReview => ("Review layout", "Text large, rubric beside it.", View, keys(CTRL, Key::Num2)),
            Self::LayoutResults => ("Results layout", "The numbers large.", View, keys(CTRL, Key::Num3)),
            Self::ToggleTheme => {
                ("Dark or light", "Change between the dark and the light theme.", View, keys(CTRL_SHIFT, Key::L))
            }
            Self::Palette => ("Commands…", "Find a command by its name.", View, keys(CTRL, Key::K)),
            Self::Shortcuts => {
                ("Keyboard shortcuts", "Every command and its keys.", View, keys(Modifiers::NONE, Key::F1))
            }
            Self::WriteKeys => {
                ("Write a file of keys", "Write keys.ron, in which every key can be changed.", View, None)
            }
            Self::ReadKeys => ("Read the keys again", "Take over what keys.ron says now.", View, None),
            Self::Judge(_) => unreachable!("they have a table of their own"),
        };
        Info { name, help, group, keys }
    }

    /// Its name in a file of keys: `next-response`, `rate-3`.
    pub fn id(self) -> String {
        let words = match self {
            Self::Judge(command) => format!("{command:?}"),
            command => format!("{command:?}"),
        };
        let mut id = String::new();
        for letter in words.chars().filter(|letter| *letter != ')') {
            if (letter.is_uppercase() || letter == '(') && !id.is_empty() {
                id.push('-');
            }
            id.extend(letter.to_lowercase().filter(|letter| *letter != '('));
        }
        id
    }

    /// Whether it stands in menus and the palette: answers to what is asked while judging do not.
    pub fn is_listed(self) -> bool {
        matches!(self.when(), When::Always | When::Session | When::Judging)
    }

    /// When its keys are its own.
    pub fn when(self) -> When {
        match self {
            Self::Judge(command) => command.when(),
            _ => When::Always,
        }
    }

    /// Its keys, and further ones, unless the person gave it others.
    pub fn default_keys(self) -> Vec<KeyboardShortcut> {
        let more = (self == Self::Shortcuts).then_some(KeyboardShortcut::new(Modifiers::NONE, Key::Questionmark));
        self.info().keys.into_iter().chain(more).collect()
    }

    /// The commands whose keys were pressed, of those that can be meant `now`. Keys that write belong to a text field
    /// while it has the focus.
    pub fn pressed(ctx: &egui::Context, now: impl Fn(When) -> bool) -> Vec<Self> {
        let typing = ctx.text_edit_focused();
        let map: std::sync::Arc<KeyMap> = keys::of(ctx);
        let editing =
            [Self::Undo, Self::Redo, Self::Remove, Self::NextNode, Self::PreviousNode, Self::MoveUp, Self::MoveDown];
        let free =
            |command: Self, keys: &KeyboardShortcut| !typing || !(keys::writes(keys) || editing.contains(&command));
        let pressed = map.in_order().iter().filter(|(command, keys)| now(command.when()) && free(*command, keys));
        pressed
            .filter(|(_, keys)| ctx.input_mut(|input| input.consume_shortcut(keys)))
            .map(|(command, _)| *command)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::UiCommand;
    use std::collections::HashSet;

    #[test]
    fn no_two_commands_share_a_name() {
        let (mut names, mut ids) = (HashSet::new(), HashSet::new());
        for command in UiCommand::all() {
            assert!(names.insert(command.info().name), "{} stands twice", command.info().name);
            assert!(ids.insert(command.id()), "{} stands twice", command.id());
        }
    }

    #[test]
    fn ids_are_words() {
        let ids: Vec<String> = UiCommand::all().map(UiCommand::id).collect();
        for id in ["open", "next-response", "rate-3", "rate-10", "much-better-left", "take-back"] {
            assert!(ids.iter().any(|known| known == id), "{id}");
        }
    }
}
