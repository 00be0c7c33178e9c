using System.Globalization;
using Integration.Egress;
using Integration.Fixtures;
using Integration.Ldap;
using Integration.Mail;
using Integration.Rest;
using Integration.S3;
using Integration.Soap;
using Integration.Sql;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Boundaries.Tests;

/// <summary>A service that calls external systems, and how it is told where to. One line for each in <see cref="All"/>.</summary>
/// <param name="Name">For the names of tests.</param>
/// <param name="Add">As in its composition root.</param>
/// <param name="Operation">That makes the call.</param>
/// <param name="Settings">That make a place known under a name.</param>
/// <param name="Inputs">That make the operation call it.</param>
internal sealed record Caller(
    string Name,
    Action<WebApplicationBuilder> Add,
    string Operation,
    Func<string, Place, string[]> Settings,
    Func<string, Place, object> Inputs
)
{
    private static readonly Caller[] _all =
    [
        new(
            "rest",
            builder => builder.AddRest(),
            "rest.request",
            (_, _) => ["--Rest:Retries=0"],
            (_, place) => new { url = $"http://{place.Authority}/" }
        ),
        new(
            "soap",
            builder => builder.AddSoap(),
            "soap.call",
            (name, place) =>
                [
                    $"--Soap:Services:{name}:Wsdl={RepositoryFolder.File("tests/Soap/Servers/php/stock.wsdl")}",
                    $"--Soap:Services:{name}:Address=http://{place.Authority}/",
                    $"--Soap:Services:{name}:Reads=*",
                    "--Soap:Retries=0",
                ],
            (name, _) =>
                new
                {
                    service = name,
                    operation = "Reserve",
                    input = new
                    {
                        sku = "A-1",
                        quantity = 3,
                        place = new { hall = "N", shelf = 7 },
                    },
                }
        ),
        new(
            "s3",
            builder => builder.AddS3(),
            "s3.list-objects",
            (name, place) =>
                [$"--S3:Stores:{name}:Endpoint=http://{place.Authority}", $"--S3:Stores:{name}:Credentials=None"],
            (name, _) => new { bucket = "documents", store = name }
        ),
        new(
            "mail",
            builder => builder.AddMail(),
            "mail.send",
            (name, place) =>
                [
                    $"--Mail:Accounts:{name}:Host={place.Host}",
                    $"--Mail:Accounts:{name}:Port={place.Port}",
                    $"--Mail:Accounts:{name}:Security=None",
                    $"--Mail:Accounts:{name}:From=shop@example.org",
                ],
            (name, _) =>
                new
                {
                    account = name,
                    to = new[] { "ada@example.org" },
                    subject = "x",
                    text = "x",
                }
        ),
        new(
            "sql",
            builder => builder.AddSql(),
            "sql.query",
            (name, place) =>
                [
                    $"--Sql:Connections:{name}:ConnectionString=Host={place.Host};Port={place.Port};Database=d;Username=u;"
                        + "SSL Mode=Disable",
                    $"--Sql:Connections:{name}:FreeSql=true",
                ],
            (name, _) => new { connection = name, sql = "select 1" }
        ),
        new(
            "ldap",
            builder => builder.AddLdap(),
            "ldap.get",
            (name, place) =>
                [$"--Ldap:Servers:{name}:Uri=ldap://{place.Authority}", $"--Ldap:Servers:{name}:StartTls=Off"],
            (name, _) => new { dn = "uid=ada,dc=example,dc=org", server = name }
        ),
    ];

    public static TheoryData<string> All => [.. _all.Select(caller => caller.Name)];

    public static Caller Of(string name) => _all.Single(caller => caller.Name == name);

    /// <summary>The service with these places made known as <c>p0</c>, <c>p1</c> and so on.</summary>
    public Task<ServiceHarness> StartAsync(
        IReadOnlyList<Place> places,
        IReadOnlyList<string> settings,
        INameResolver? resolver = null
    ) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                if (resolver is not null)
                    builder.Services.AddSingleton(resolver);
                Add(builder);
                builder.Services.AddSingleton(TimeProvider.System);
            },
            [
                // Each call on its own: what is down for one does not matter for the next.
                "--Targets:JudgedAfter=1000",
                .. places.SelectMany((place, i) => Settings(NameOf(i), place)),
                .. settings,
            ]
        );

    /// <summary>The code of the error that a call ends with, for there is nobody who would answer it.</summary>
    public async Task<string> CallAsync(ServiceHarness service, int number, Place place) =>
        (await service.RunAsync(Operation, Inputs(NameOf(number), place))).Errored.ShouldNotBeNull().Error.Code;

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number}");
}

/// <summary>A host as somebody may write it, and a port.</summary>
internal sealed record Place(string Host, int Port)
{
    public string Authority => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
