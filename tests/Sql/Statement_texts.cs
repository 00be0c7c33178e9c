using Integration.Sql.Settings;
using Integration.Sql.Statements;

namespace Integration.Sql.Tests;

public sealed class Statement_texts
{
    [Theory]
    [InlineData("select @a, @b_1 + @a", "select <a>, <b_1> + <a>")]
    [InlineData("select '@a' , \"@b\" , @c;", "select '@a' , \"@b\" , <c>")]
    [InlineData("select 'it''s @a', @b", "select 'it''s @a', <b>")]
    [InlineData("select e'\\'@a', @b", "select e'\\'@a', <b>")]
    [InlineData("select '\\', @b", "select '\\', <b>")]
    [InlineData("select some'\\', @b", "select some'\\', <b>")]
    [InlineData("select $$ @a ; $$, $x$ @b $$ ; $x$, @c", "select $$ @a ; $$, $x$ @b $$ ; $x$, <c>")]
    [InlineData("select 1 -- @a ;\n, @b", "select 1 -- @a ;\n, <b>")]
    [InlineData("select 1 /* @a /* ; */ @b */, @c", "select 1 /* @a /* ; */ @b */, <c>")]
    [InlineData("select tags <@ @a, v @> @b, v @@ @c, @ -5", "select tags <@ <a>, v @> <b>, v @@ <c>, @ -5")]
    [InlineData("select a$1, @x::int[]", "select a$1, <x>::int[]")]
    [InlineData("select 1 ; -- the end\n ; /* really */", "select 1 ")]
    public void Parameters_are_found_where_PostgreSQL_has_them(string text, string expected) =>
        Read(text, DatabaseProvider.PostgreSql).ShouldBe(expected);

    [Theory]
    [InlineData("select [@a], `@b`, '\\', @c", "select [@a], `@b`, '\\', <c>")]
    [InlineData("select 1 /* /* */, @a", "select 1 /* /* */, <a>")]
    [InlineData("select $$ , @a", "select $$ , <a>")]
    public void And_where_SQLite_has_them(string text, string expected) =>
        Read(text, DatabaseProvider.Sqlite).ShouldBe(expected);

    [Theory]
    [InlineData("", "no statement")]
    [InlineData(" ; ", "no statement")]
    [InlineData("select 1; select 2", "more than one")]
    [InlineData("select ';'; /* */ delete from x", "more than one")]
    [InlineData("select 'x", "' without its partner")]
    [InlineData("select \"x", "\" without its partner")]
    [InlineData("select $a$ x $b$", "$a$ without its partner")]
    [InlineData("select 1 /* x", "without its end")]
    [InlineData("select $1", "Write @name")]
    [InlineData("select '\0'", "NUL")]
    [InlineData("COMMIT", "begins with COMMIT")]
    [InlineData("-- x\n/* y */ set role x", "begins with SET")]
    [InlineData("pragma query_only = 0", "begins with PRAGMA")]
    public void What_is_not_one_statement_is_refused(string text, string expected) =>
        Should.Throw<SqlTextException>(() => Read(text, DatabaseProvider.PostgreSql)).Message.ShouldContain(expected);

    [Theory]
    [InlineData("select ?")]
    [InlineData("select ?1")]
    [InlineData("select :a")]
    [InlineData("select $a")]
    public void So_is_what_only_SQLite_takes_for_a_parameter(string text) =>
        Should.Throw<SqlTextException>(() => Read(text, DatabaseProvider.Sqlite)).Message.ShouldContain("Write @name");

    private static string Read(string text, DatabaseProvider provider) =>
        SqlTextReader.Read(text, provider).With(name => $"<{name}>");
}
