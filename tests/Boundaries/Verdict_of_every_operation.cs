using System.Globalization;
using System.Reflection;
using Integration.Fixtures;
using Integration.Ldap;
using Integration.Mail;
using Integration.Rest;
using Integration.S3;
using Integration.Sdk;
using Integration.Soap;
using Integration.Sql;

namespace Integration.Boundaries.Tests;

/// <summary>
/// Whoever checks inputs by the contract of an operation comes to the verdict of its service. INPUTS=20000 is a long run; INPUTS_SEED
/// repeats one.
/// </summary>
public sealed class Verdict_of_every_operation(ITestOutputHelper output)
{
    private static readonly Assembly[] _services =
    [
        typeof(LdapService).Assembly,
        typeof(MailService).Assembly,
        typeof(RestService).Assembly,
        typeof(S3Service).Assembly,
        typeof(SoapService).Assembly,
        typeof(SqlService).Assembly,
    ];

    public static TheoryData<string> Operations =>
        [.. Described().Select(operation => operation.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Is_the_same_from_schema_reader_and_validator(string name)
    {
        var seed = Setting("INPUTS_SEED", 20261201);
        var verdicts = new InputVerdicts(Described().Single(operation => operation.Name == name));

        var (taken, refused) = verdicts.AgreeOnGenerated(seed, Setting("INPUTS", 400));

        output.WriteLine($"{name}: {taken} taken, {refused} refused, seed {seed}");
        taken.ShouldBePositive();
        refused.ShouldBePositive();
    }

    internal static IEnumerable<OperationDescription> Described() =>
        _services
            .SelectMany(service => service.GetTypes())
            .Where(type => type.IsDefined(typeof(OperationAttribute)))
            .Select(OperationDescription.Of);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
