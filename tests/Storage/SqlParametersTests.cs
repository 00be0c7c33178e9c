using Integration.Storage.Parameters;

namespace Integration.Storage.Tests;

/// <summary>Which <c>@words</c> of a statement are parameters.</summary>
public sealed class SqlParametersTests
{
    [Theory]
    [InlineData("select @a, @b, @a", "a b", "select $1, $2, $1")]
    [InlineData("select @a, @A", "a", "select $1, $1")]
    [InlineData("select '@a', \"@b\", @c", "c", "select '@a', \"@b\", $1")]
    [InlineData("select 'it''s @a', @c", "c", "select 'it''s @a', $1")]
    [InlineData("select 1 -- @a\n, @c", "c", "select 1 -- @a\n, $1")]
    [InlineData("select /* @a */ @c /* @b", "c", "select /* @a */ $1 /* @b")]
    [InlineData("select @a::text, b - @c", "a c", "select $1::text, b - $2")]
    [InlineData("select a @> b, 'open @c", "", "select a @> b, 'open @c")]
    [InlineData("", "", "")]
    public void Names_are_read_outside_of_literals_and_comments(string sql, string names, string positional)
    {
        var read = SqlParameters.Read(sql);

        string.Join(' ', read.Names).ShouldBe(names);
        read.Positional.ShouldBe(positional);
    }
}
