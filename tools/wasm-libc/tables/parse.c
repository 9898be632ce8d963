
/*
 * The end of the grammar's file, where grammar.rs has renamed the parser: its
 * tables are filled before the first parse. The structure is that of
 * src/grammar/mod.rs.
 */
struct grammar_and_tables
{
	int			tokens, nonterminals, rules, symbol_count, decision_count, states, size;
	const unsigned short *made;
	const short *symbols, *decisions;
	unsigned short *default_rules;
	int		   *rows;
	short	   *default_gotos;
	int		   *columns;
	short	   *actions, *check;
};

extern void fill_grammar_tables(const struct grammar_and_tables *);

int
base_yyparse(core_yyscan_t yyscanner)
{
	static int	filled = 0;
	struct grammar_and_tables tables = {
		YYNTOKENS, YYNNTS, YYNRULES,
		sizeof grammar_symbols / sizeof *grammar_symbols,
		sizeof grammar_decisions / sizeof *grammar_decisions,
		sizeof yypact / sizeof *yypact, YYLAST + 1,
		yyr1 + 1, grammar_symbols, grammar_decisions,
		yydefact, yypact, yydefgoto, yypgoto, yytable, yycheck
	};

	if (!filled)
		fill_grammar_tables(&tables);
	filled = 1;
	return parse_with_tables(yyscanner);
}
