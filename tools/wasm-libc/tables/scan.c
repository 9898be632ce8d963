
/*
 * The end of the scanner's file, where scanner.rs has renamed its beginning:
 * the table is filled before the first scan.
 */
static void
fill_transitions(void)
{
	int			at = 0,
				run,
				i;

	for (run = 0; run < sizeof verify_starts / sizeof *verify_starts; run++)
		for (i = 0; i < verify_lengths[run]; i++)
			yy_transition[at++].yy_verify = verify_starts[run] + i;
	at = 0;
	for (run = 0; run < sizeof next_starts / sizeof *next_starts; run++)
		for (i = 0; i < next_lengths[run]; i++)
			yy_transition[at++].yy_nxt = next_starts[run];
}

core_yyscan_t
scanner_init(const char *str, core_yy_extra_type *yyext, const ScanKeywordList *keywordlist,
			 const uint16 *keyword_tokens)
{
	static int	filled = 0;

	if (!filled)
		fill_transitions();
	filled = 1;
	return scanner_init_with_table(str, yyext, keywordlist, keyword_tokens);
}
