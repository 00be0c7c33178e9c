using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Files;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Sql.Tests;

/// <summary>Values and rows that are too large for an event travel as files.</summary>
public sealed class Files_by_reference(SqlFixture sql) : IClassFixture<SqlFixture>, IAsyncLifetime
{
    private string _folder = "";
    private ServiceHarness _service = null!;

    public async ValueTask InitializeAsync()
    {
        _folder = Path.Combine(sql.Folder.Path, "files");
        Directory.CreateDirectory(_folder);
        _service = await sql.ShareAsync(() =>
            [
                "--Files:Stores:documents:Kind=Folder",
                $"--Files:Stores:documents:Path={_folder}",
                "--Sql:MaxParameterBytes=3000000",
                "--Sql:MaxSqliteParameterBytes=1000000",
                "--Sql:MaxFileRows=5000",
                "--Sql:MaxRowBytes=20000",
            ]
        );
        await sql.ExecuteAsync(
            "create table if not exists papers (name text primary key, scan bytea, words text, data jsonb)"
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8192)]
    [InlineData(2_000_001)]
    public async Task Bytes_go_from_a_file_into_a_column_and_from_a_column_into_a_file(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var name = $"bytes-{size}";
        await InsertAsync("scan", "bytea", name, await SaveAsync(content));
        (await sql.ScalarAsync($"select encode(sha256(scan), 'hex') from papers where name = '{name}'")).ShouldBe(
            Convert.ToHexStringLower(SHA256.HashData(content))
        );

        var outputs = await QueryAsync(
            $"select scan from papers where name = '{name}'",
            new
            {
                fileStore = "documents",
                @as = "value",
                name = "scan.pdf",
                contentType = "application/pdf",
            }
        );
        outputs.GetProperty("rowCount").GetInt32().ShouldBe(1);
        outputs.GetProperty("rows").GetArrayLength().ShouldBe(0);
        var file = outputs.GetProperty("file").Deserialize<FileReference>()!;
        (file.Store, file.Size, file.Name, file.ContentType).ShouldBe(
            ("documents", size, "scan.pdf", "application/pdf")
        );
        (await ReadAsync(file)).ShouldBe(content);
    }

    [Fact]
    public async Task A_text_goes_from_a_file_into_a_column_and_back()
    {
        var text = string.Concat(Enumerable.Repeat("Größe: 1€ \\x \"'\n\t👩‍👩‍👧 ", 20_000));
        await InsertAsync("words", "text", "text", await SaveAsync(Encoding.UTF8.GetBytes(text)));
        (await sql.ScalarAsync("select words from papers where name = 'text'")).ShouldBe(text);
        var outputs = await QueryAsync(
            "select words from papers where name = 'text'",
            new { fileStore = "documents", @as = "value" }
        );
        var file = outputs.GetProperty("file").Deserialize<FileReference>()!;
        Encoding.UTF8.GetString(await ReadAsync(file)).ShouldBe(text);
    }

    [Fact]
    public async Task A_reference_for_a_parameter_of_JSON_is_kept_as_it_is()
    {
        var file = await SaveAsync("x"u8.ToArray());
        await InsertAsync("data", "jsonb", "reference", file);
        var key = await sql.ScalarAsync("select data -> '$file' ->> 'key' from papers where name = 'reference'");
        key.ShouldBe(file.Key);
    }

    [Fact]
    public async Task SQLite_takes_files_and_gives_them()
    {
        var content = RandomNumberGenerator.GetBytes(300_000);
        var answer = await _service.RunAsync(
            "sql.execute",
            new
            {
                connection = "shop",
                sql = "insert into items (code, picture, data) values (@code, @picture, @data)",
                parameters = new
                {
                    code = await SaveAsync("Größe"u8.ToArray()),
                    picture = await SaveAsync(content),
                    data = "x",
                },
                types = new
                {
                    code = "text",
                    picture = "blob",
                    data = "text",
                },
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var outputs = await QueryAsync(
            "select picture from items where code = 'Größe'",
            new
            {
                connection = "shop",
                fileStore = "documents",
                @as = "value",
            }
        );
        (await ReadAsync(outputs.GetProperty("file").Deserialize<FileReference>()!)).ShouldBe(content);
    }

    [Theory]
    [InlineData("free", "select n, 'Zeile ' || n as t, n % 2 = 0 as even from generate_series(1, 4321) n")]
    [InlineData(
        "shop",
        "with recursive c(n) as (select 1 union all select n + 1 from c where n < 4321) select n, 'Zeile ' || n as t, "
            + "json('[' || n || ']') as even from c"
    )]
    public async Task Rows_go_into_a_file_a_line_of_JSON_each(string connection, string text)
    {
        var outputs = await QueryAsync(text, new { connection, fileStore = "documents" });
        outputs.GetProperty("rowCount").GetInt32().ShouldBe(4321);
        outputs.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        var file = outputs.GetProperty("file").Deserialize<FileReference>()!;
        file.ContentType.ShouldBe("application/jsonl");
        var lines = Encoding.UTF8.GetString(await ReadAsync(file)).Split('\n');
        lines.Length.ShouldBe(4322);
        lines[^1].ShouldBeEmpty();
        for (var i = 0; i < 4321; i++)
        {
            var row = JsonElement.Parse(lines[i]);
            row.GetProperty("n").GetInt32().ShouldBe(i + 1);
            row.GetProperty("t").GetString().ShouldBe($"Zeile {i + 1}");
        }
    }

    [Fact]
    public async Task Only_the_first_rows_when_the_task_says_how_many()
    {
        var outputs = await QueryAsync(
            "select n from generate_series(1, 10000000) n",
            new { fileStore = "documents", maxRows = 3 }
        );
        outputs.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        var file = outputs.GetProperty("file").Deserialize<FileReference>()!;
        Encoding.UTF8.GetString(await ReadAsync(file)).ShouldBe("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    }

    [Theory]
    [InlineData("select n from generate_series(1, 5001) n", "{}", "too-many-rows", "raise Sql__MaxFileRows")]
    [InlineData("select repeat('x', 20001) as v", "{}", "answer-too-large", "raise Sql__MaxRowBytes")]
    [InlineData("select 1/(4000 - n) as v from generate_series(1, 4001) n", "{}", "invalid-value", "division by zero")]
    [InlineData("select 1 as a, 2 as b", """{"as":"value"}""", "not-one-value", "gave 2 columns")]
    [InlineData("select null::bytea as a", """{"as":"value"}""", "not-one-value", "gave null")]
    [InlineData("select 1 as a where false", """{"as":"value"}""", "not-one-value", "gave no row")]
    [InlineData(
        "select n as a from generate_series(1, 2) n",
        """{"as":"value"}""",
        "not-one-value",
        "more than one row"
    )]
    [InlineData("select 1", """{"fileStore":"nowhere"}""", "file-store-unknown", "no file store 'nowhere'")]
    public async Task What_fails_leaves_no_file_and_the_connection_lives_on(
        string text,
        string more,
        string code,
        string message
    )
    {
        var before = Files();
        var inputs = Inputs(text, new { fileStore = "documents" });
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(more)!.AsObject())
            inputs[name] = value?.DeepClone();
        var error = (await _service.RunAsync("sql.query", inputs)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe(code, error.Message);
        error.Message.ShouldContain(message);
        Files().ShouldBe(before);
        (await QueryAsync("select 1 as n", new { })).GetProperty("rowCount").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"as":"value"}""", "inputs.as is for files only. Add fileStore")]
    [InlineData("""{"name":"x"}""", "inputs.name is for files only.")]
    [InlineData("""{"contentType":"text/plain"}""", "inputs.contentType is for files only.")]
    [InlineData("""{"fileStore":"documents","as":"value","maxRows":1}""", "inputs.maxRows is for rows")]
    [InlineData("""{"fileStore":"documents","maxRows":5001}""", "Sql__MaxFileRows sets the bound")]
    [InlineData("""{"parameters":{"v":{"$file":{"store":"x"}}},"types":{"v":"bytea"}}""", "its $file lacks key")]
    [InlineData("""{"parameters":{"v":{"store":"x"}},"types":{"v":"text"}}""", "must be a text or a file reference")]
    [InlineData("""{"parameters":{"v":{"$file":{}}},"types":{"v":"int"}}""", "must be a whole number")]
    [InlineData("""{"parameters":{"v":{"$file":{}}}}""", "is a list or an object and needs a type")]
    public async Task What_does_not_fit_is_told_by_name(string inputs, string expected)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(inputs)!;
        json["sql"] = json["parameters"] is null ? "select 1 as n" : "select @v as v";
        json["connection"] = "free";
        var error = (await _service.RunAsync("sql.query", json)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("invalid-input", error.Message);
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("free", 3_000_001, "Sql__MaxParameterBytes")]
    [InlineData("shop", 1_000_001, "Sql__MaxSqliteParameterBytes")]
    public async Task A_file_that_is_too_large_for_a_value_is_told_before_it_is_opened(
        string connection,
        int size,
        string setting
    )
    {
        var file = new FileReference("documents", "none", size, new string('0', 64));
        var error = await FailsAsync(connection, file);
        (error.Category, error.Code).ShouldBe((ErrorCategory.Volumetric, "parameter-too-large"));
        error.Message.ShouldContain("inputs.parameters.v");
        error.Message.ShouldContain(setting);
    }

    [Theory]
    [InlineData("free")]
    [InlineData("shop")]
    public async Task A_file_that_is_gone_or_not_what_its_reference_says_changes_nothing(string connection)
    {
        var file = await SaveAsync(RandomNumberGenerator.GetBytes(900_000));
        (await FailsAsync(connection, file with { Sha256 = new string('0', 64) })).Code.ShouldBe("file-mismatch");
        (await FailsAsync(connection, file with { Size = 900_001 })).Code.ShouldBe("file-mismatch");
        (await FailsAsync(connection, file with { Key = "gone" })).Code.ShouldBe("file-not-found");
        (await FailsAsync(connection, file with { Store = "nowhere" })).Code.ShouldBe("file-store-unknown");
        (await QueryAsync("select 1 as n", new { connection })).GetProperty("rowCount").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("free", "invalid-value", "invalid byte sequence")]
    [InlineData("shop", "invalid-input", "inputs.parameters.v is a file that is no UTF-8")]
    public async Task A_text_that_is_no_UTF_8_is_refused(string connection, string code, string message)
    {
        var error = await FailsAsync(connection, await SaveAsync([0x61, 0xff, 0x62]), "text");
        error.Code.ShouldBe(code, error.Message);
        error.Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_store_that_goes_away_while_it_is_written_to_ends_the_query_and_is_told()
    {
        await using var service = await sql.StartAsync(
            [],
            builder => builder.Services.AddSingleton<IFileStores>(new BreakingFiles())
        );
        var answer = await service.RunAsync(
            "sql.query",
            Inputs("select repeat('x', 1000) as v from generate_series(1, 100000)", new { fileStore = "any" })
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "file-store-unavailable"), error.Message);
        error.Retryable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_that_goes_away_while_it_is_read_undoes_the_change()
    {
        await using var service = await sql.StartAsync(
            [],
            builder => builder.Services.AddSingleton<IFileStores>(new BreakingFiles())
        );
        var answer = await service.RunAsync(
            "sql.execute",
            new
            {
                connection = "free",
                sql = "insert into papers (name, scan) values ('broken', @v)",
                parameters = new { v = new FileReference("any", "x", 2_000_000, new string('0', 64)) },
                types = new { v = "bytea" },
            }
        );
        // Not in doubt: there was no commit.
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "file-store-unavailable"), error.Message);
        (await sql.ScalarAsync("select count(*) from papers where name = 'broken'")).ShouldBe("0");
        (await service.RunAsync("sql.query", Inputs("select 1 as n", new { }))).Completed.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_declared_error_leaves_no_file()
    {
        await using var service = await sql.StartAsync([
            "--Files:Stores:documents:Kind=Folder",
            $"--Files:Stores:documents:Path={_folder}",
            .. SqlFixture.Statement("none", "select 1 as n where false", "Errors:0:Rows=0", "Errors:0:Code=NONE"),
        ]);
        var before = Files();
        foreach (var form in new[] { "jsonLines", "value" })
        {
            var answer = await service.RunAsync(
                "sql.query",
                new
                {
                    statement = "none",
                    fileStore = "documents",
                    @as = form,
                }
            );
            answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("NONE");
        }

        Files().ShouldBe(before);
    }

    private int Files() => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Count();

    private Task<FileReference> SaveAsync(byte[] content) =>
        _service
            .Services.GetRequiredService<IFileStores>()
            .SaveAsync("documents", new MemoryStream(content), null, null, CancellationToken.None);

    private async Task<byte[]> ReadAsync(FileReference file)
    {
        var files = _service.Services.GetRequiredService<IFileStores>();
        await using var content = await files.OpenReadAsync(file, CancellationToken.None);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }

    private async Task InsertAsync(string column, string type, string name, FileReference file)
    {
        var answer = await _service.RunAsync(
            "sql.execute",
            new
            {
                connection = "free",
                sql = $"insert into papers (name, {column}) values (@name, @v)",
                parameters = new { name, v = file },
                types = new { name = "text", v = type },
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetProperty("affected").GetInt32().ShouldBe(1);
    }

    private async Task<ErrorInfo> FailsAsync(string connection, FileReference file, string? type = null)
    {
        var answer = await _service.RunAsync(
            "sql.query",
            new
            {
                connection,
                sql = "select length(@v) as n",
                parameters = new { v = file },
                types = new { v = type ?? (connection == "shop" ? "blob" : "bytea") },
            }
        );
        return answer.Errored.ShouldNotBeNull().Error;
    }

    private async Task<JsonElement> QueryAsync(string text, object more)
    {
        var answer = await _service.RunAsync("sql.query", Inputs(text, more));
        return answer.Completed.ShouldNotBeNull(answer.Error).Outputs;
    }

    private static System.Text.Json.Nodes.JsonObject Inputs(string text, object more)
    {
        var inputs = JsonSerializer.SerializeToNode(more)!.AsObject();
        inputs["sql"] = text;
        inputs.TryAdd("connection", "free");
        return inputs;
    }
}
