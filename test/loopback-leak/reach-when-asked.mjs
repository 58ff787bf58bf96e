process.on('message', async () => {
  await fetch('http://192.0.2.1/').catch(() => undefined);
  process.send?.('reached');
});
