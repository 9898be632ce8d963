//! Statements of which nothing is read but what they are.

use super::nodes;

nodes! {
    AlterCollationStmt = 150 {}
    AlterDatabaseRefreshCollStmt = 234 {}
    AlterDatabaseSetStmt = 235 {}
    AlterDatabaseStmt = 233 {}
    AlterEventTrigStmt = 183 {}
    AlterFdwStmt = 170 {}
    AlterForeignServerStmt = 172 {}
    AlterOpFamilyStmt = 196 {}
    AlterOperatorStmt = 219 {}
    AlterStatsStmt = 207 {}
    AlterSubscriptionStmt = 264 {}
    AlterSystemStmt = 237 {}
    AlterTableSpaceOptionsStmt = 164 {}
    AlterTsConfigurationStmt = 258 {}
    AlterTsDictionaryStmt = 257 {}
    AlterTypeStmt = 220 {}
    AlterUserMappingStmt = 175 {}
    CheckPointStmt = 244 {}
    ConstraintsSetStmt = 247 {}
    CreateAmStmt = 180 {}
    CreateCastStmt = 250 {}
    CreateConversionStmt = 249 {}
    CreateEventTrigStmt = 182 {}
    CreateFdwStmt = 169 {}
    CreateForeignServerStmt = 171 {}
    CreateOpClassStmt = 193 {}
    CreateOpFamilyStmt = 195 {}
    CreatePLangStmt = 184 {}
    CreateSubscriptionStmt = 263 {}
    CreateTableSpaceStmt = 162 {}
    CreateTransformStmt = 251 {}
    CreateUserMappingStmt = 174 {}
    CreatedbStmt = 232 {}
    DropOwnedStmt = 255 {}
    DropTableSpaceStmt = 163 {}
    DropdbStmt = 236 {}
    ExecuteStmt = 253 {}
    ImportForeignSchemaStmt = 177 {}
    ListenStmt = 223 {}
    LoadStmt = 231 {}
    NotifyStmt = 222 {}
    PrepareStmt = 252 {}
    ReassignOwnedStmt = 256 {}
    SecLabelStmt = 200 {}
    UnlistenStmt = 224 {}
    VariableShowStmt = 159 {}
}
