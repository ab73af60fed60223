//! Changes to a project's saved filters.

use crate::model::{Edit, SavedFilter, Settings};

/// Saves `query` as `name`: in place of the filter of that name, else at the end. `None` where the name is empty or
/// nothing would change.
pub fn save(settings: &Settings, name: &str, query: &str) -> Option<Edit> {
    let (name, query) = (name.trim().to_owned(), query.trim().to_owned());
    let mut new = settings.clone();
    match new.filters.iter_mut().find(|filter| filter.name == name) {
        Some(filter) => filter.query = query,
        None => new.filters.push(SavedFilter { name: name.clone(), query }),
    }
    (!name.is_empty() && new != *settings).then(|| Edit::SetSettings(Box::new(new)))
}

/// Gives the filter `index` another name. `None` where that is empty, taken, or its own.
pub fn rename(settings: &Settings, index: usize, name: &str) -> Option<Edit> {
    let name = name.trim();
    let taken = settings.filters.iter().any(|filter| filter.name == name);
    let mut new = settings.clone();
    name.clone_into(&mut new.filters.get_mut(index)?.name);
    (!name.is_empty() && !taken).then(|| Edit::SetSettings(Box::new(new)))
}

/// Removes the filter `index`. `None` where there is none.
pub fn remove(settings: &Settings, index: usize) -> Option<Edit> {
    let mut new = settings.clone();
    (index < new.filters.len()).then(|| {
        new.filters.remove(index);
        Edit::SetSettings(Box::new(new))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(edit: Option<Edit>, expected: &[(&str, &str)]) -> Settings {
        let Some(Edit::SetSettings(settings)) = edit else { panic!("nothing would change") };
        let filters: Vec<(&str, &str)> =
            settings.filters.iter().map(|filter| (&*filter.name, &*filter.query)).collect();
        assert_eq!(filters, expected);
        *settings
    }

    #[test]
    fn filters_are_saved_renamed_and_removed_and_names_stay_unique() {
        let one = check(save(&Settings::default(), " worst ", "score<0.3"), &[("worst", "score<0.3")]);
        assert!(save(&one, "worst", "score<0.3").is_none() && save(&one, " ", "x").is_none());
        check(save(&one, "worst", "score<0.2"), &[("worst", "score<0.2")]);
        let two = check(save(&one, "todo", "rated:no"), &[("worst", "score<0.3"), ("todo", "rated:no")]);
        assert!(rename(&two, 0, "todo").is_none() && rename(&two, 0, "").is_none() && rename(&two, 7, "x").is_none());
        check(rename(&two, 0, "low"), &[("low", "score<0.3"), ("todo", "rated:no")]);
        check(remove(&two, 0), &[("todo", "rated:no")]);
        assert!(remove(&two, 2).is_none());
    }
}
