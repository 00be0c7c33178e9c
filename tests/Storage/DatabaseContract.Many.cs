using System.Text;

namespace Integration.Storage.Tests;

public abstract partial class DatabaseContract
{
    private const string InsertNote = """
        insert into notes (id, content, bytes, size, done, ratio)
        values (@Id, @content, @Bytes, @Size, @Done, @Ratio) on conflict (id) do nothing
        """;

    [Fact]
    public async Task Many_executions_tell_how_many_rows_each_affected()
    {
        await ExecuteManyAsync(InsertNote, [new Note("a"), new Note("b"), new Note("a")]);

        var affected = await ExecuteManyAsync(
            "update notes set size = 1 where id <> @Id",
            [new Note("a"), new Note("x")]
        );

        affected.ShouldBe([1, 2]);
        (await ExecuteManyAsync(InsertNote, [new Note("c"), new Note("a")])).ShouldBe([1, 0]);
        (await ExecuteManyAsync(InsertNote, Array.Empty<Note>())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_supported_type_comes_back_as_it_was_stored()
    {
        var note = new Note("é-日本-🎉")
        {
            Content = "line\n'quoted' @Id \0".TrimEnd('\0') + "ç",
            Bytes = [0, 1, 255],
            Size = long.MaxValue,
            Done = true,
            Ratio = 0.1,
        };

        await ExecuteManyAsync(InsertNote, [note]);

        var found = (await FindAsync([note])).ShouldHaveSingleItem().ShouldNotBeNull();
        found.ShouldSatisfyAllConditions(
            () => found.Id.ShouldBe(note.Id),
            () => found.Content.ShouldBe(note.Content),
            () => found.Bytes.ShouldBe(note.Bytes),
            () => found.Size.ShouldBe(note.Size),
            () => found.Done.ShouldBe(note.Done),
            () => found.Ratio.ShouldBe(note.Ratio)
        );
    }

    [Fact]
    public async Task Null_is_stored_as_null_whatever_the_type()
    {
        await ExecuteManyAsync(InsertNote, [new Note("a")]);

        (
            await ReadAsync<long>(
                "select count(*) from notes where content is null and bytes is null and size is null and done is null and ratio is null"
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task A_slice_of_bytes_is_stored_without_its_neighbours()
    {
        var bytes = Encoding.UTF8.GetBytes("before|content|after");

        await ExecuteManyAsync(
            "insert into notes (id, bytes, size) values (@id, @bytes, @size)",
            [
                new
                {
                    id = "a",
                    bytes = (ReadOnlyMemory<byte>)bytes.AsMemory(7, 7),
                    size = 7,
                },
            ]
        );

        (await FindAsync([new Note("a")]))[0]!.Bytes.ShouldBe(Encoding.UTF8.GetBytes("content"));
    }

    [Fact]
    public async Task Many_lookups_answer_in_the_order_of_the_questions()
    {
        await ExecuteManyAsync(InsertNote, [new Note("a"), new Note("b")]);

        var found = await FindAsync([new Note("b"), new Note("missing"), new Note("a"), new Note("b")]);

        found.Select(note => note?.Id).ShouldBe(["b", null, "a", "b"]);
    }

    [Fact]
    public async Task One_bad_row_among_many_undoes_them_all()
    {
        const string insert = "insert into notes (id) values (@Id)";

        await Should.ThrowAsync<System.Data.Common.DbException>(() =>
            ExecuteManyAsync(insert, [new Note("a"), new Note("b"), new Note("a")])
        );

        (await ReadAsync<long>("select count(*) from notes")).ShouldBe(0);
        await ExecuteManyAsync(insert, [new Note("a"), new Note("b")]);
    }

    [Fact]
    public async Task A_parameter_without_a_property_is_named()
    {
        var error = await Should.ThrowAsync<ArgumentException>(() =>
            ExecuteManyAsync("insert into notes (id) values (@Identifier)", [new Note("a")])
        );

        error.Message.ShouldContain("Note has no property for the parameter @Identifier");
    }

    [Fact]
    public async Task A_property_that_cannot_be_stored_alike_on_both_databases_is_refused()
    {
        var error = await Should.ThrowAsync<ArgumentException>(() =>
            ExecuteManyAsync("insert into notes (id) values (@When)", [new { When = DateTimeOffset.UnixEpoch }])
        );

        error.Message.ShouldContain("When is a DateTimeOffset");
        error.Message.ShouldContain("milliseconds since 1970");
    }

    private Task<IReadOnlyList<int>> ExecuteManyAsync<T>(string sql, IReadOnlyList<T> rows) =>
        Database.WriteAsync(tx => Database.ExecuteManyAsync(tx, sql, rows, Cancellation), Cancellation);

    private Task<IReadOnlyList<Note?>> FindAsync(IReadOnlyList<Note> notes) =>
        Database.WriteAsync(
            tx =>
                Database.FindManyAsync(
                    tx,
                    "select id, content, bytes, size, done, ratio from notes where id = @Id",
                    notes,
                    row => new Note(row.GetString(0))
                    {
                        Content = row.IsDBNull(1) ? null : row.GetString(1),
                        Bytes = row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2),
                        Size = row.IsDBNull(3) ? null : row.GetInt64(3),
                        Done = row.IsDBNull(4) ? null : row.GetBoolean(4),
                        Ratio = row.IsDBNull(5) ? null : row.GetDouble(5),
                    },
                    Cancellation
                ),
            Cancellation
        );

    private sealed record Note(string Id)
    {
        public string? Content { get; init; }
        public byte[]? Bytes { get; init; }
        public long? Size { get; init; }
        public bool? Done { get; init; }
        public double? Ratio { get; init; }
    }
}
