//! Two functions in the place of PostgreSQL's. Its own know every node there is, and are as large as the deparser;
//! the grammar calls each once, for the type of an argument.

use std::ffi::c_void;
use std::ptr::NonNull;

use super::{Node, NodeKind, Tagged, TypeName};

/// A copy of a type, for the grammar to say SETOF in: that which `RETURNS TABLE (a int)` returns. Of what is not a
/// type, the node itself.
#[unsafe(no_mangle)]
extern "C" fn copyObjectImpl(node: *const c_void) -> *const c_void {
    let original = node.cast::<TypeName>();
    // SAFETY: the grammar gives a node or null, in a memory context that its copy may be in; the tag says what it is.
    unsafe {
        if node.is_null() || node.cast::<u32>().read() != TypeName::TAG {
            return node;
        }
        let copy = palloc(size_of::<TypeName>()).cast::<TypeName>();
        copy.copy_from_nonoverlapping(original, 1);
        copy.cast_const().cast()
    }
}

/// Are these the same type? So the two VARIADIC arguments of an aggregate with ORDER BY have to be.
#[unsafe(no_mangle)]
extern "C" fn equal(one: *mut c_void, other: *mut c_void) -> bool {
    let node = |node: *mut c_void| Node(NonNull::new(node.cast()));
    same(&node(one), &node(other))
}

/// Is it the same type or part of one? A modifier that is no constant is like no other; a server refuses it.
fn same(one: &Node, other: &Node) -> bool {
    match (one.kind(), other.kind()) {
        (NodeKind::TypeName(one), NodeKind::TypeName(other)) => {
            (one.setof, one.pct_type) == (other.setof, other.pct_type)
                && all_same(&one.names, &other.names)
                && all_same(&one.typmods, &other.typmods)
                && all_same(&one.array_bounds, &other.array_bounds)
        }
        (NodeKind::AConst(one), NodeKind::AConst(other)) => match (one.value(), other.value()) {
            (Some(one), Some(other)) => same_value(one, other),
            (one, other) => one.is_none() && other.is_none(),
        },
        (one, other) => same_value(one, other),
    }
}

fn all_same(one: &[Node], other: &[Node]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}

fn same_value(one: NodeKind<'_>, other: NodeKind<'_>) -> bool {
    match (one, other) {
        (NodeKind::Integer(one), NodeKind::Integer(other)) => one.ival == other.ival,
        (NodeKind::Float(one), NodeKind::Float(other)) => *one.fval == *other.fval,
        (NodeKind::String(one), NodeKind::String(other)) => *one.sval == *other.sval,
        _ => false,
    }
}

unsafe extern "C" {
    fn palloc(size: usize) -> *mut c_void;
}

#[cfg(test)]
mod tests {
    use crate::sql::parser::Tree;

    #[test]
    fn variadic_arguments_of_an_aggregate_are_of_one_type() {
        let dropped = |one: &str, other: &str| {
            Tree::parse(&format!("DROP AGGREGATE a (VARIADIC {one} ORDER BY VARIADIC {other})")).is_ok()
        };
        for (one, other, same) in [
            ("\"any\"", "\"any\"", true),
            ("s.t[]", "s.t[]", true),
            ("numeric(4, 2)[]", "numeric(4, 2)[]", true),
            ("\"any\"", "int[]", false),
            ("s.t[]", "u.t[]", false),
            ("int[]", "int[][]", false),
            ("int[]", "SETOF int[]", false),
            ("t.a%TYPE", "t.a", false),
            ("numeric(4, 2)[]", "numeric(4, 3)[]", false),
        ] {
            assert_eq!(dropped(one, other), same, "{one} {other}");
        }
    }

    #[test]
    fn what_a_table_function_returns_leaves_its_column_alone() {
        let function = crate::sql::parse("CREATE FUNCTION f() RETURNS TABLE (a s.t) RETURN 1", 0).remove(0);
        let crate::sql::Command::CreateFunction(function) = function.command else { panic!() };
        let returns = function.returns.expect("a type");
        assert!(returns.set_of && !function.arguments[0].type_name.set_of);
        assert_eq!(returns.name, function.arguments[0].type_name.name);
    }
}
