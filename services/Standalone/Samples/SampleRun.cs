using System.Text.Json.Nodes;

namespace Integration.Standalone.Samples;

/// <summary>One process instance that Standalone starts.</summary>
/// <param name="Definition">The BPMN process id.</param>
/// <param name="BusinessKey">What it is called in the output.</param>
/// <param name="Story">What the example is, in a few words.</param>
/// <param name="Variables">Its input, without the addresses of the systems.</param>
/// <param name="Ends">The end event that it is expected to reach.</param>
/// <param name="Meaning">What that end means.</param>
/// <param name="NeedsOperator">Whether an operator has to repair something on the way.</param>
internal sealed record SampleRun(
    string Definition,
    string BusinessKey,
    string Story,
    JsonObject Variables,
    string Ends,
    string Meaning,
    bool NeedsOperator = false
)
{
    /// <summary>All of them, in the order in which they start.</summary>
    public static IReadOnlyList<SampleRun> All { get; } =
    [
        Credit("CR-1", Applicants.Solvent, "an applicant with a good score", "Approved", "credit approved"),
        Credit("CR-2", Applicants.PoorlyRated, "an applicant with a poor score", "Refused", "credit refused"),
        Credit(
            "CR-3",
            Applicants.OnTheBlackList,
            "an applicant on the black list",
            "Blacklisted",
            "refused: on the black list"
        ),
        ZipCode("01001-000", "SaoPaulo", "it is São Paulo"),
        ZipCode("70150-900", "NotSaoPaulo", "it is not São Paulo"),
        ZipCode("99999-999", "Unknown", "there is no such ZIP code"),
        ZipCode("1001", "NoZipCode", "that is no ZIP code"),
        new(
            "orders-to-several-destinations",
            "ORDER-1",
            "an order for invoicing, the carrier and the warehouse",
            new JsonObject
            {
                ["order"] = new JsonObject
                {
                    ["id"] = "ORDER-1",
                    ["article"] = "A-7",
                    ["quantity"] = 3,
                },
            },
            "Delivered",
            "all destinations have the order",
            NeedsOperator: true
        ),
    ];

    private static SampleRun Credit(string key, string applicant, string story, string ends, string meaning) =>
        new(
            "credit-request",
            key,
            story,
            new JsonObject
            {
                ["reference"] = key,
                ["applicant"] = new JsonObject { ["id"] = applicant },
                ["credit"] = new JsonObject { ["amount"] = 9000, ["months"] = 12 },
            },
            ends,
            meaning
        );

    private static SampleRun ZipCode(string cep, string ends, string meaning) =>
        new("zip-code-check", cep, $"the ZIP code {cep}", new JsonObject { ["cep"] = cep }, ends, meaning);
}
