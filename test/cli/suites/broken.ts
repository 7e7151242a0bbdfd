throw new Error('This suite cannot run.');
