/*
 * What only C can do: catch the errors of PostgreSQL's deparser, which come by longjmp and must not pass through
 * Rust, and leave a memory context, which is a variable of a thread.
 *
 * The declarations are those of PostgreSQL's headers.
 */

#include <setjmp.h>
#include <stddef.h>
#include <string.h>

struct StringInfoData
{
	char *data;
	int len;
	int maxlen;
	int cursor;
};

extern __thread sigjmp_buf *PG_exception_stack;
extern __thread void *error_context_stack;
extern __thread void *CurrentMemoryContext;
extern __thread void *TopMemoryContext;

extern void *pg_query_enter_memory_context(void);
extern void pg_query_exit_memory_context(void *context);
extern void FlushErrorState(void);
extern void initStringInfo(struct StringInfoData *text);
extern void deparseRawStmt(struct StringInfoData *text, const void *statement);

char *lockstep_deparse(const void *statement);
void lockstep_leave_memory_context(void);

/* The statement as SQL, to be freed; NULL when the deparser raises an error. */
char *
lockstep_deparse(const void *statement)
{
	void *context = pg_query_enter_memory_context();
	sigjmp_buf *outer_handler = PG_exception_stack;
	void *outer_callbacks = error_context_stack;
	sigjmp_buf handler;
	char *volatile answer = NULL;

	if (sigsetjmp(handler, 0) == 0)
	{
		struct StringInfoData text;

		PG_exception_stack = &handler;
		initStringInfo(&text);
		deparseRawStmt(&text, statement);
		answer = strdup(text.data);
	}
	else
	{
		CurrentMemoryContext = context;
		FlushErrorState();
	}
	PG_exception_stack = outer_handler;
	error_context_stack = outer_callbacks;
	pg_query_exit_memory_context(context);
	return answer;
}

/* What is in the context stays there; others can be entered, which the library allows from the outermost only. */
void
lockstep_leave_memory_context(void)
{
	CurrentMemoryContext = TopMemoryContext;
}
