using Integration.Fixtures;

namespace Integration.Sql.Tests;

public sealed class The_service() : StartingService(args => SqlService.Create(args))
{
    private const string Crm = "--Sql:Connections:crm:ConnectionString=Host=db.example.org;Database=crm";

    [Theory]
    [InlineData("Sql__MaxRows must be between", "--Sql:MaxRows=0")]
    [InlineData("Sql__MaxAnswerBytes must be between", "--Sql:MaxAnswerBytes=0")]
    [InlineData("Sql__StatementTimeout must be between", "--Sql:StatementTimeout=00:00:00")]
    [InlineData("Sql__ConnectTimeout must be between", "--Sql:ConnectTimeout=00:00:00")]
    [InlineData("Sql__Retries must be between", "--Sql:Retries=11")]
    [InlineData("Sql__StatementsFolder: there is no folder '/no/such'", "--Sql:StatementsFolder=/no/such")]
    [InlineData("Sql__Connections__crm__MaxPoolSize must be between", Crm, "--Sql:Connections:crm:MaxPoolSize=0")]
    [InlineData(
        "Sql__Connections__crm__StatementTimeout must be",
        Crm,
        "--Sql:Connections:crm:StatementTimeout=-00:00:01"
    )]
    [InlineData("SSL Mode must be VerifyFull or Disable", Crm + ";SSL Mode=Require")]
    [InlineData("names no Host or no Database", "--Sql:Connections:crm:ConnectionString=Host=a")]
    [InlineData("Host must be one name or address", "--Sql:Connections:crm:ConnectionString=Host=/run/x;Database=b")]
    [InlineData("Host must be one name or address", "--Sql:Connections:crm:ConnectionString=Host=a,b;Database=b")]
    [InlineData("there is no file '/no/such'", Crm + ";Root Certificate=/no/such")]
    [InlineData("are both set", Crm, "--Sql:Connections:crm:ConnectionStringFile=/x")]
    [InlineData(
        "Sql__Connections__crm__PasswordFile: there is no file",
        Crm,
        "--Sql:Connections:crm:PasswordFile=/no/such"
    )]
    [InlineData("only SQLite has one", Crm, "--Sql:Connections:crm:File=x.db")]
    [InlineData("Sql__Connections__l__File is missing", "--Sql:Connections:l:Provider=Sqlite")]
    [InlineData("Sql__SqliteFolder is missing", "--Sql:Connections:l:Provider=Sqlite", "--Sql:Connections:l:File=x.db")]
    [InlineData(
        "leaves Sql__SqliteFolder",
        "--Sql:Connections:l:Provider=Sqlite",
        "--Sql:Connections:l:File=../x.db",
        "--Sql:SqliteFolder={0}"
    )]
    [InlineData(
        "leaves Sql__SqliteFolder",
        "--Sql:Connections:l:Provider=Sqlite",
        "--Sql:Connections:l:File=/etc/x.db",
        "--Sql:SqliteFolder={0}"
    )]
    [InlineData(
        "leaves Sql__SqliteFolder",
        "--Sql:Connections:l:Provider=Sqlite",
        "--Sql:Connections:l:File=link.db",
        "--Sql:SqliteFolder={0}"
    )]
    [InlineData(
        "Sql__Statements__a must have exactly one of Text, Function and Procedure",
        Crm,
        "--Sql:Statements:a:Connection=crm"
    )]
    [InlineData(
        "Sql__Statements__a uses the connection 'default', which is not configured",
        Crm,
        "--Sql:Statements:a:Text=select 1"
    )]
    [InlineData(
        "uses @x and gives it no type",
        Crm,
        "--Sql:Statements:a:Text=select @x",
        "--Sql:Statements:a:Connection=crm"
    )]
    [InlineData(
        "has the parameter 'x' and does not use @x",
        Crm,
        "--Sql:Statements:a:Text=select 1",
        "--Sql:Statements:a:Connection=crm",
        "--Sql:Statements:a:Parameters:x=int"
    )]
    [InlineData(
        "of the type 'i n t', which cannot be read",
        Crm,
        "--Sql:Statements:a:Text=select @x",
        "--Sql:Statements:a:Connection=crm",
        "--Sql:Statements:a:Parameters:x=i n t"
    )]
    [InlineData(
        "which only a procedure can have",
        Crm,
        "--Sql:Statements:a:Text=select @x",
        "--Sql:Statements:a:Connection=crm",
        "--Sql:Statements:a:Parameters:x=out int"
    )]
    [InlineData(
        "has an error 'E' that fits everything",
        Crm,
        "--Sql:Statements:a:Text=select 1",
        "--Sql:Statements:a:Connection=crm",
        "--Sql:Statements:a:Errors:0:Code=E"
    )]
    [InlineData(
        "has an error '' that has no Code",
        Crm,
        "--Sql:Statements:a:Text=select 1",
        "--Sql:Statements:a:Connection=crm",
        "--Sql:Statements:a:Errors:0:Rows=0"
    )]
    [InlineData(
        "names 'f(1)', which is no name",
        Crm,
        "--Sql:Statements:a:Function=f(1)",
        "--Sql:Statements:a:Connection=crm"
    )]
    [InlineData(
        "SQLite has none. Use Text.",
        "--Sql:Connections:l:Provider=Sqlite",
        "--Sql:Connections:l:File=x.db",
        "--Sql:SqliteFolder={0}",
        "--Sql:Statements:a:Function=f",
        "--Sql:Statements:a:Connection=l"
    )]
    [InlineData(
        "holds more than one statement",
        Crm,
        "--Sql:Statements:a:Text=select 1; drop table x",
        "--Sql:Statements:a:Connection=crm"
    )]
    [InlineData(
        "Sql__Statements__a b has a name that is not made of",
        Crm,
        "--Sql:Statements:a b:Text=select 1",
        "--Sql:Statements:a b:Connection=crm"
    )]
    [InlineData("wrong.sql has the line '-- @conection crm', which cannot be read", Crm, "--Sql:StatementsFolder={0}")]
    public async Task Does_not_start_with_a_wrong_setting_and_says_which(string expected, params string[] settings)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("wrong.sql"), "-- @conection crm\nselect 1");
        File.CreateSymbolicLink(folder.Combine("link.db"), "/etc/passwd");
        await RefusesToStartAsync(
            expected,
            [.. settings.Select(setting => setting.Replace("{0}", folder.Path, StringComparison.Ordinal))]
        );
    }
}
