//! Which objects of a schema are listed.

use lockstep_core::schema::{Change, Object};

/// The objects that a search finds: by their own name, or that of a column or another part. Letters count the same in
/// upper and lower case.
pub fn listed<'a>(objects: &'a [Object], query: &str, only_changed: bool) -> Vec<&'a Object> {
    let differs = |object: &&Object| !only_changed || object.change != Change::Same;
    objects.iter().filter(differs).filter(|object| is_found(object, query)).collect()
}

/// Does a search find the object?
pub fn is_found(object: &Object, query: &str) -> bool {
    let query = query.trim().to_ascii_lowercase();
    let holds = |name: &str| name.to_ascii_lowercase().contains(&query);
    holds(&object.name)
        || holds(&object.kind)
        || object.columns.iter().any(|column| holds(&column.name) || holds(&column.data_type))
        || object.parts.iter().any(|part| holds(&part.name))
}

#[cfg(test)]
mod tests {
    use lockstep_core::schema::OutlineColumn;

    use super::*;

    #[test]
    fn objects_are_found_by_their_names_and_those_of_their_parts() {
        let object = |name: &str, column: &str, change| Object {
            name: name.into(),
            change,
            columns: vec![OutlineColumn { name: column.into(), ..OutlineColumn::default() }],
            ..Object::default()
        };
        let objects = [object("Orders", "id", Change::Same), object("users", "order_id", Change::Changed)];
        let names = |query, only_changed| -> Vec<&str> {
            listed(&objects, query, only_changed).into_iter().map(|object| &*object.name).collect()
        };
        assert_eq!(names("", false), ["Orders", "users"]);
        assert_eq!(names(" ORDER", false), ["Orders", "users"]);
        assert_eq!(names("orders", false), ["Orders"]);
        assert_eq!(names("order", true), ["users"]);
        assert_eq!(names("x", false), Vec::<&str>::new());
    }
}
