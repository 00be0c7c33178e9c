using Integration.Standalone.Running;
using Integration.Standalone.Telling;

namespace Integration.Standalone;

/// <summary>Says where things are and what a user can do.</summary>
internal static class Guide
{
    public static void Addresses(IScreen screen, LocalSystem system, TimeSpan sinceStart)
    {
        screen.Say();
        foreach (var (name, address) in system.Addresses)
            screen.Say($"  {name, -16}  {Url(address)}");
        screen.Say(screen.Paint.Faint($"  ready after {sinceStart.TotalSeconds:0.0} s"));
        screen.Say();
    }

    public static void Addresses(IScreen screen, IRunningSystem system)
    {
        screen.Say();
        screen.Say($"  process core      {system.Core.Url}");
        screen.Say($"  error treatment   {system.Treatment.Url}");
        screen.Say($"  sample systems    {system.Samples.Url}");
    }

    /// <summary>How every sample ended, or what it waits for.</summary>
    public static void Outcome(IScreen screen, IReadOnlyList<Tale> tales)
    {
        screen.Leave();
        screen.Say();
        screen.Say(screen.Paint.Bold("What happened"));
        foreach (var tale in tales)
            screen.Say($"  {tale.Run.BusinessKey, -10} {tale.Run.Story}: {Words(screen.Paint, tale)}");
    }

    /// <summary>What the operator has to do, as commands.</summary>
    public static void Repair(IScreen screen, IRunningSystem system, Tale waiting)
    {
        screen.Say();
        screen.Say(screen.Paint.Bold("Now you are the operator"));
        screen.Say(
            "  The warehouse does not know the article yet. Trying again could not help, so its task waits for a person."
        );
        screen.Say("  Repair the warehouse:");
        screen.Say($"    curl -X POST {system.Samples.Url}/warehouse/repair");
        screen.Say("  and have error treatment send the task again:");
        foreach (var failure in waiting.Parked)
            screen.Say(
                $"    curl -X POST{Token(system.Treatment.Token)} {system.Treatment.Url}/failures/{failure}/retry"
            );
    }

    public static void WhereToLook(IScreen screen, IRunningSystem system, Tale any)
    {
        screen.Say();
        screen.Say(screen.Paint.Bold("Where to look"));
        Look(system.Core.Token, $"{system.Core.Url}/instances", "the process instances");
        Look(
            system.Core.Token,
            $"{system.Core.Url}/instances/{any.InstanceId}/history",
            "what one of them did, step by step"
        );
        Look(system.Treatment.Token, $"{system.Treatment.Url}/failures", "what went wrong, and what became of it");
        Look(token: null, $"{system.Samples.Url}/ledger", "what was really done in the sample systems");
        screen.Say();
        screen.Say("Ctrl+C ends it.");
        screen.Say();

        void Look(string? token, string address, string what)
        {
            screen.Say($"  {screen.Paint.Faint($"# {what}")}");
            screen.Say($"  curl{Token(token)} {address}");
        }
    }

    private static string Words(Paint paint, Tale tale) =>
        tale.State switch
        {
            TaleState.Ended => paint.Good(tale.Run.Meaning),
            TaleState.Waiting => paint.Trouble("waits for an operator"),
            TaleState.Running => paint.Trouble($"still on its way ({tale.Now})"),
            _ => paint.Bad(tale.Now),
        };

    // The demonstration's own token is not shown: a user who has configured tokens has one.
    private static string Token(string? token) => token is null ? "" : " -H \"Authorization: Bearer $TOKEN\"";

    private static string Url(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
