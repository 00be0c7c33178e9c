using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Integration.Journeys.Tests;

/// <summary>
/// The systems around the purchase, all real: a directory with the buyers, a database with offers and purchases, a SOAP service
/// that takes orders, a carrier with a REST interface, an object store and a mail server.
/// </summary>
public sealed class Surroundings : IAsyncLifetime
{
    public const string Bucket = "confirmations";

    private readonly TemporaryFolder _folder = new("purchase");
    private readonly PostgreSqlServer _sql = new();
    private string _database = "";

    public DirectoryServer Directory { get; } = new();

    public SwiftServer Swift { get; } = new();

    public MailServer Mail { get; } = new();

    public ScriptServer Orders { get; private set; } = null!;

    public HttpTarget Carrier { get; private set; } = null!;

    public SwiftContainers Store { get; private set; } = null!;

    /// <summary>What each service is started with to reach its system; nobody else gets its password.</summary>
    public IReadOnlyDictionary<string, (string Name, string Value)[]> Settings =>
        new Dictionary<string, (string, string)[]>(StringComparer.Ordinal)
        {
            ["Ldap"] =
            [
                ("Egress__TrustedAuthorities", Directory.Authority),
                ("Ldap__Servers__default__Uri", $"ldaps://{DirectoryServer.Host}:{Directory.TlsPort}"),
                ("Ldap__Servers__default__BindDn", "cn=integration,dc=example,dc=org"),
                ("Ldap__Servers__default__BindPassword", Directory.Password),
            ],
            ["Sql"] =
            [
                ("Sql__Connections__default__ConnectionString", _database),
                ("Sql__Statements__offer__Text", "select sku, price from offers where article = @article"),
                ("Sql__Statements__offer__Parameters__article", "text"),
                ("Sql__Statements__purchase__Text", "insert into purchases values (@order, @buyer, @total, @message)"),
                ("Sql__Statements__purchase__Parameters__order", "bigint"),
                ("Sql__Statements__purchase__Parameters__buyer", "text"),
                ("Sql__Statements__purchase__Parameters__total", "numeric"),
                ("Sql__Statements__purchase__Parameters__message", "text"),
            ],
            ["Soap"] =
            [
                ("Soap__Services__orders__Wsdl", RepositoryFolder.File("tests/Journeys/Orders/orders.wsdl")),
                ("Soap__Services__orders__Address", $"{Orders.Uri}"),
            ],
            ["Rest"] = [],
            ["S3"] = [("Egress__TrustedAuthorities", Swift.AuthorityFile), .. Files],
            ["Mail"] =
            [
                ("Egress__TrustedAuthorities", _folder.Combine("authorities.pem")),
                ("Mail__Accounts__default__Host", MailServer.Host),
                ("Mail__Accounts__default__Port", $"{Mail.Port}"),
                ("Mail__Accounts__default__User", Mail.User),
                ("Mail__Accounts__default__Password", Mail.Password),
                ("Mail__Accounts__default__From", "shop@example.org"),
                .. Files,
            ],
        };

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(
            Directory.InitializeAsync().AsTask(),
            Swift.InitializeAsync().AsTask(),
            Mail.InitializeAsync().AsTask(),
            _sql.InitializeAsync().AsTask()
        );
        Orders = await ScriptServer.PhpAsync("tests/Journeys/Orders/orders.php");
        Store = await SwiftContainers.OpenAsync(Swift);
        await Store.CreateAsync(Bucket);
        await Store.CreateAsync("files");
        // Mail takes its attachments from the object store.
        await File.WriteAllTextAsync(
            _folder.Combine("authorities.pem"),
            await File.ReadAllTextAsync(Mail.Authority) + "\n" + await File.ReadAllTextAsync(Swift.AuthorityFile)
        );
        _database = await _sql.CreateDatabaseAsync();
        await ExecuteAsync(
            """
            create table offers (article text primary key, sku text not null, price numeric not null);
            insert into offers values ('lamp', 'A-1', 9.5);
            create table purchases (id bigint, buyer text, total numeric, message text);
            """
        );
        Carrier = await HttpTarget.StartAsync(context =>
            context.Response.WriteAsJsonAsync(new { parcel = $"P-{context.Request.Path.Value!.Split('/')[^1]}" })
        );
    }

    /// <summary>The lines of <c>purchases</c>, as the database's own text.</summary>
    public async Task<IReadOnlyList<string>> PurchasesAsync()
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select purchases::text from purchases", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        Store?.Dispose();
        if (Carrier is not null)
            await Carrier.DisposeAsync();
        if (Orders is not null)
            await Orders.DisposeAsync();
        await Mail.DisposeAsync();
        await Swift.DisposeAsync();
        await Directory.DisposeAsync();
        await _sql.DisposeAsync();
        _folder.Dispose();
    }

    // The store that S3 saves a file to, and mail takes it from.
    private (string Name, string Value)[] Files =>
        [
            ("S3__Stores__default__Endpoint", $"{Swift.Uri}"),
            ("S3__Stores__default__AccessKey", Swift.AccessKey),
            ("S3__Stores__default__SecretKey", Swift.SecretKey),
            ("Files__Stores__files__Kind", "S3"),
            ("Files__Stores__files__Bucket", "files"),
        ];

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
