//! Statements of which nothing is read but what they are.

use super::nodes;

nodes! {
    AlterDatabaseRefreshCollStmt = 234 {}
    AlterDatabaseSetStmt = 235 {}
    AlterDatabaseStmt = 233 {}
    AlterSystemStmt = 237 {}
    AlterTableSpaceOptionsStmt = 164 {}
    CheckPointStmt = 244 {}
    ConstraintsSetStmt = 247 {}
    CreateTableSpaceStmt = 162 {}
    CreatedbStmt = 232 {}
    DropTableSpaceStmt = 163 {}
    DropdbStmt = 236 {}
    ExecuteStmt = 253 {}
    ImportForeignSchemaStmt = 177 {}
    ListenStmt = 223 {}
    LoadStmt = 231 {}
    NotifyStmt = 222 {}
    PrepareStmt = 252 {}
    SecLabelStmt = 200 {}
    UnlistenStmt = 224 {}
    VariableShowStmt = 159 {}
}
