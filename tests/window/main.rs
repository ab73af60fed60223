//! The window as a person uses it: every test says what somebody does and what they see then. No renderer and
//! no display are needed; what is on screen is found as a screen reader finds it.

mod commands;
mod comparing;
mod desk;
mod filter;
mod flags;
mod judging;
mod marking;
mod reading;
mod results;
mod rubric;
mod seat;
#[path = "../support/mod.rs"]
mod support;
