//! A dataset as what flags look at.

use super::Dataset;
use crate::flags::Responses;

impl Responses for Dataset {
    fn len(&self) -> usize {
        self.responses().len()
    }

    fn text(&self, row: usize) -> Option<&str> {
        self.response_text(row)
    }

    fn prompt(&self, row: usize) -> u32 {
        self.responses()[row].prompt
    }

    fn model(&self, row: usize) -> u32 {
        self.responses()[row].model
    }

    fn prompts(&self) -> usize {
        self.prompts().len()
    }

    fn prompt_text(&self, prompt: u32) -> &str {
        self.text(self.prompts()[prompt as usize].text)
    }

    fn models(&self) -> &[String] {
        self.models()
    }
}
