using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integration.Sql.Tests;

public sealed class Types_without_loss(SqlFixture sql) : IClassFixture<SqlFixture>
{
    [Theory]
    [InlineData("1::smallint", "1")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("0.1::numeric", "0.1")]
    [InlineData("1.50::numeric(10,2)", "1.50")]
    [InlineData("12345678901234567.123456789::numeric", "12345678901234567.123456789")]
    [InlineData("123456789012345678901234567890.5::numeric", "\"123456789012345678901234567890.5\"")]
    [InlineData("'NaN'::numeric", "\"NaN\"")]
    [InlineData("0.1::double precision", "0.1")]
    [InlineData("1e300::double precision", "1e+300")]
    [InlineData("'-Infinity'::double precision", "\"-Infinity\"")]
    [InlineData("1.1::real", "1.1")]
    [InlineData("true", "true")]
    [InlineData("null::int", "null")]
    [InlineData("'Ä\"\\€'::text", "\"Ä\\\"\\\\€\"")]
    [InlineData("'0198f3c2-5a1b-7c3d-8e4f-0123456789ab'::uuid", "\"0198f3c2-5a1b-7c3d-8e4f-0123456789ab\"")]
    [InlineData("'2026-12-01'::date", "\"2026-12-01\"")]
    [InlineData("'10:30:00.123456'::time", "\"10:30:00.123456\"")]
    [InlineData("'2026-12-01 10:30:00.123456'::timestamp", "\"2026-12-01T10:30:00.123456\"")]
    [InlineData("'2026-12-01 10:30:00.123456+02'::timestamptz", "\"2026-12-01T08:30:00.123456Z\"")]
    [InlineData("'infinity'::timestamptz", "\"infinity\"")]
    [InlineData("'1 year 2 days 3 hours'::interval", "\"P1Y2DT3H\"")]
    [InlineData(
        "'{\"a\": 1.10, \"b\": [12345678901234567890]}'::jsonb",
        "{\"a\": 1.10, \"b\": [12345678901234567890]}"
    )]
    [InlineData("'\"x\"'::json", "\"x\"")]
    [InlineData("'\\xdeadbeef'::bytea", "\"3q2+7w==\"")]
    [InlineData("array[1,null,3]", "[1,null,3]")]
    [InlineData("array[[1,2],[3,4]]", "[[1,2],[3,4]]")]
    [InlineData("'{}'::int[]", "[]")]
    [InlineData("array['a,b','c\"d','NULL','e\\f','']", "[\"a,b\",\"c\\\"d\",\"NULL\",\"e\\\\f\",\"\"]")]
    [InlineData("array['2026-12-01 10:30:00+00'::timestamptz]", "[\"2026-12-01T10:30:00Z\"]")]
    [InlineData("array['{\"a\":[1,2]}'::jsonb]", "[{\"a\": [1, 2]}]")]
    [InlineData("'[0:1]={7,8}'::int[]", "[7,8]")]
    [InlineData("'calm'::mood", "\"calm\"")]
    [InlineData("'[1,5)'::int4range", "\"[1,5)\"")]
    public async Task What_PostgreSQL_has_comes_out_as_it_is(string expression, string json)
    {
        var answer = await sql.QueryAsync(new { connection = "free", sql = $"select {expression} as v" });
        var rows = answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetProperty("rows");
        JsonSerializer.Serialize(rows[0].GetProperty("v")).ShouldBe(JsonSerializer.Serialize(JsonNode.Parse(json)));
    }

    [Theory]
    [InlineData("int", "17")]
    [InlineData("bigint", "9223372036854775807")]
    [InlineData("numeric", "12345678901234567.123456789")]
    [InlineData("double", "0.1")]
    [InlineData("boolean", "true")]
    [InlineData("text", "\"it's \\\\ {\\\"x\\\"}; --\"")]
    [InlineData("uuid", "\"0198f3c2-5a1b-7c3d-8e4f-0123456789ab\"")]
    [InlineData("date", "\"2026-12-01\"")]
    [InlineData("time", "\"10:30:00\"")]
    [InlineData("timestamp", "\"2026-12-01T10:30:00.123456\"")]
    [InlineData("timestamptz", "\"2026-12-01T10:30:00.123456Z\"")]
    [InlineData("json", "{\"a\":[1.10,null,\"x\"]}")]
    [InlineData("bytea", "\"3q2+7w==\"")]
    [InlineData("int[]", "[1,null,3]")]
    [InlineData("text[]", "[\"a,b\",\"c\\\"d\",\"NULL\",null,\"\\\\\",\"\"]")]
    [InlineData("int[]", "[[1,2],[3,4]]")]
    [InlineData("bytea[]", "[\"3q2+7w==\"]")]
    [InlineData("mood", "\"cross\"")]
    [InlineData("numeric(10,2)", "1.50")]
    public async Task What_goes_in_comes_out_again(string type, string value)
    {
        var answer = await sql.QueryAsync(
            new
            {
                connection = "free",
                sql = "select @v as v",
                parameters = new { v = JsonNode.Parse(value) },
                types = new { v = type },
            }
        );
        var rows = answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetProperty("rows");
        JsonSerializer.Serialize(rows[0].GetProperty("v")).ShouldBe(JsonSerializer.Serialize(JsonNode.Parse(value)));
    }

    // Expression, and the type that a task names for what it was given.
    private static readonly (string Expression, string Type)[] _values =
    [
        ("'-32768'::smallint", "smallint"),
        ("2147483647", "int"),
        ("-9223372036854775808", "bigint"),
        ("4294967295::oid", "oid"),
        ("'NaN'::numeric", "numeric"),
        ("'-Infinity'::numeric", "numeric"),
        ("1.50::numeric(10,2)", "numeric(10,2)"),
        ("-123456789012345678901234567890.5::numeric", "numeric"),
        ("(10::numeric ^ 1500) + 0.25", "numeric"),
        ("'NaN'::real", "real"),
        ("1.1::real", "real"),
        ("'Infinity'::double precision", "double precision"),
        ("1e-300::double precision", "double"),
        ("true", "boolean"),
        ("'Ä\"\\€'::text", "text"),
        ("''::text", "varchar"),
        ("'ab'::char(5)", "char(5)"),
        ("'0198f3c2-5a1b-7c3d-8e4f-0123456789ab'::uuid", "uuid"),
        ("'infinity'::date", "date"),
        ("'-infinity'::date", "date"),
        ("'0044-03-15 BC'::date", "date"),
        ("'4713-01-01 BC'::date", "date"),
        ("'5874897-12-31'::date", "date"),
        ("'24:00:00'::time", "time"),
        ("'10:30:00.123456+05:30'::timetz", "timetz"),
        ("'infinity'::timestamp", "timestamp"),
        ("'-infinity'::timestamp", "timestamp without time zone"),
        ("'0044-03-15 12:00:00.5 BC'::timestamp", "timestamp"),
        ("'294276-12-31 23:59:59.999999'::timestamp", "timestamp"),
        ("'infinity'::timestamptz", "timestamptz"),
        ("'-infinity'::timestamptz", "timestamp with time zone"),
        ("'0044-03-15 12:00:00+00 BC'::timestamptz", "timestamptz"),
        ("'1880-01-01 00:00:00+00'::timestamptz", "timestamptz"),
        ("'1 year -2 days 3.5 hours'::interval", "interval"),
        ("'{\"a\": 1.10, \"b\": [12345678901234567890, null]}'::jsonb", "jsonb"),
        ("'[1,\"x\"]'::json", "json"),
        ("'\\x00deadbeef'::bytea", "bytea"),
        ("''::bytea", "bytea"),
        ("array[1,null,3]", "int[]"),
        ("'{}'::int[]", "int[]"),
        ("array[[1,2],[3,4]]", "int[]"),
        ("array['a,b','c\"d','NULL',null,'e\\f','']", "text[]"),
        ("array['infinity'::timestamptz,'0044-03-15 12:00:00+00 BC']", "timestamptz[]"),
        ("array['-infinity'::date]", "date[]"),
        ("array['NaN'::numeric, 1.50]", "numeric[]"),
        ("array['{\"a\":[1,2]}'::jsonb]", "jsonb[]"),
        ("array['\\x00ff'::bytea]", "bytea[]"),
        ("array[true,false]", "boolean[]"),
        ("array['(1,1),(0,0)'::box]", "box[]"),
        ("'calm'::mood", "mood"),
        ("array['calm'::mood]", "mood[]"),
        ("'[1,5)'::int4range", "int4range"),
        ("'[2026-12-01,infinity)'::daterange", "daterange"),
        ("'(1,2)'::point", "point"),
        ("'12.34'::money", "money"),
        ("B'101'", "bit(3)"),
        ("'10.0.0.0/8'::cidr", "cidr"),
        ("'<a/>'::text", "text"),
        ("null::timestamptz", "timestamptz"),
    ];

    // In a zone that was minutes and seconds away from UTC, too.
    [Theory]
    [InlineData("free", "query")]
    [InlineData("free", "execute")]
    [InlineData("berlin", "query")]
    public async Task What_a_query_hands_out_is_taken_back_as_a_parameter_of_the_same_type(
        string connection,
        string verb
    )
    {
        foreach (var (expression, type) in _values)
        {
            var first = await sql.QueryAsync(new { connection, sql = $"select {expression} as v" });
            var given = first
                .Completed.ShouldNotBeNull($"{expression}: {first.Error}")
                .Outputs.GetProperty("rows")[0]
                .GetProperty("v");

            object inputs = new
            {
                connection,
                sql = $"select @v as v, @v is not distinct from ({expression}) as same",
                parameters = new { v = given },
                types = new { v = type },
            };
            if (type is "json" or "point" or "box[]")
                inputs = new
                {
                    connection,
                    sql = $"select @v as v, @v::text = ({expression})::text as same",
                    parameters = new { v = given },
                    types = new { v = type },
                };
            var second = verb == "query" ? await sql.QueryAsync(inputs) : await sql.ExecuteAsync(inputs);

            var row = second
                .Completed.ShouldNotBeNull($"{expression} as {type}, {given}: {second.Error}")
                .Outputs.GetProperty("rows")[0];
            row.GetProperty("v").GetRawText().ShouldBe(given.GetRawText(), expression);
            row.GetProperty("same").GetBoolean().ShouldBeTrue($"{expression} as {type}, {given}");
        }
    }

    // A routine has its types from the configuration; a function cannot return one that has a length.
    private static string TypeOf(string type) =>
        type switch
        {
            "double" => "double precision",
            "numeric(10,2)" => "numeric",
            _ => type,
        };

    [Theory]
    [InlineData("default")]
    [InlineData("berlin")]
    public async Task What_a_call_hands_out_is_taken_back_as_an_argument_of_the_same_type(string connection)
    {
        // Null is for arguments that may be left out.
        var values = _values.Where(value => !value.Expression.StartsWith("null", StringComparison.Ordinal)).ToList();
        foreach (var (index, (expression, type)) in values.Index())
            await sql.ExecuteAsync(
                $"""
                create or replace function give_{index}() returns {TypeOf(type)} language sql
                    as $$ select ({expression})::{TypeOf(type)} $$;
                create or replace function take_{index}(v {TypeOf(type)}, out again {TypeOf(
                    type
                )}, out same boolean) language sql
                    as $$ select v, v::text is not distinct from ({expression})::{TypeOf(type)}::text $$;
                """
            );
        await using var service = await sql.StartAsync([
            .. _values
                .Index()
                .SelectMany(value =>
                    new[]
                    {
                        $"--Sql:Statements:give-{value.Index}:Function=give_{value.Index}",
                        $"--Sql:Statements:give-{value.Index}:Connection={connection}",
                        $"--Sql:Statements:take-{value.Index}:Function=take_{value.Index}",
                        $"--Sql:Statements:take-{value.Index}:Connection={connection}",
                        $"--Sql:Statements:take-{value.Index}:Parameters:v={value.Item.Type}",
                    }
                ),
        ]);

        foreach (var (index, (expression, type)) in values.Index())
        {
            var first = await service.RunAsync("sql.call", new { routine = $"give-{index}" });
            var given = first
                .Completed.ShouldNotBeNull($"{expression}: {first.Error}")
                .Outputs.GetProperty("rows")[0]
                .GetProperty($"give_{index}");
            var second = await service.RunAsync(
                "sql.call",
                new { routine = $"take-{index}", parameters = new { v = given } }
            );

            var row = second
                .Completed.ShouldNotBeNull($"{expression} as {type}, {given}: {second.Error}")
                .Outputs.GetProperty("rows")[0];
            row.GetProperty("again").GetRawText().ShouldBe(given.GetRawText(), expression);
            row.GetProperty("same").GetBoolean().ShouldBeTrue($"{expression} as {type}, {given}");
        }
    }

    [Theory]
    [InlineData("int", "\"x\"", "must be a whole number (int), and is another text.")]
    [InlineData("int", "1.5", "must be a whole number (int), and is another number.")]
    [InlineData("numeric", "\"1,5\"", "must be a number")]
    [InlineData("boolean", "1", "must be true or false")]
    [InlineData("uuid", "\"17\"", "must be a UUID")]
    [InlineData("date", "\"01.12.2026\"", "must be a date such as 2026-12-01")]
    [InlineData("timestamptz", "\"2026-12-01T10:30:00\"", "must be a date and time with its offset")]
    [InlineData("timestamp", "\"2026-12-01T10:30:00Z\"", "must be a date and time without offset")]
    [InlineData("bytea", "\"€\"", "must be bytes as base64")]
    [InlineData("text", "5", "must be a text, and is a number.")]
    [InlineData("date", "5", "must be a date such as 2026-12-01, and is a number.")]
    [InlineData("text", "\"a\\u0000b\"", "holds U+0000 at position 2, which PostgreSQL cannot keep")]
    [InlineData("varchar(9)", "\"\\u0000\"", "holds U+0000 at position 1")]
    [InlineData("mood", "\"calm\\u0000\"", "holds U+0000 at position 5")]
    [InlineData("text[]", "[\"a\",\"\\u0000\"]", "inputs.parameters.v[1] holds U+0000")]
    [InlineData("jsonb", "{\"a\":[\"\\u0000\"]}", "holds U+0000")]
    [InlineData("int[]", "5", "must be a list (int[])")]
    [InlineData("int[]", "[1,\"x\"]", "inputs.parameters.v[1] must be a whole number")]
    public async Task A_value_of_another_type_is_told_by_its_field(string type, string value, string expected)
    {
        var answer = await sql.QueryAsync(
            new
            {
                connection = "free",
                sql = "select @v as v",
                parameters = new { v = JsonNode.Parse(value) },
                types = new { v = type },
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("invalid-input");
        error.Message.ShouldStartWith("inputs.parameters.v");
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task SQLite_keeps_what_it_stores()
    {
        var answer = await sql.ExecuteAsync(
            new
            {
                connection = "shop",
                sql = "insert into items (code, price, active, data, picture) values (@code, @price, @active, @data, @picture) "
                    + "returning code, price, active, data, picture, null as missing, 9223372036854775807 as large",
                parameters = new
                {
                    code = "Ä-1",
                    price = 12.25,
                    active = true,
                    data = new { a = new[] { 1, 2 } },
                    picture = "3q2+7w==",
                },
                types = new { data = "json", picture = "bytea" },
            }
        );
        answer
            .Completed.ShouldNotBeNull(answer.Error)
            .Outputs.GetProperty("rows")[0]
            .ShouldSatisfyAllConditions(row =>
                JsonNode
                    .DeepEquals(
                        JsonNode.Parse(row.GetRawText()),
                        JsonNode.Parse(
                            """{"code":"Ä-1","price":12.25,"active":true,"data":{"a":[1,2]},"picture":"3q2+7w==","missing":null,"large":9223372036854775807}"""
                        )
                    )
                    .ShouldBeTrue(row.GetRawText())
            );
    }
}
